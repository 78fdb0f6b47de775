import Foundation

/// Which pictures are inside a page: each once, and no more than a page may hold.
struct EmbeddedPictures {
  /// Bytes of PNG; as base64 they are a third more, and a page of text and drawings beside them stays under 15 MB.
  static let limit = 8_000_000

  private let gallery: Gallery
  private let outside: Set<String>
  private let prefix: String

  /// Of the figures of a page, in its order; files of the others lie under the prefix.
  init(_ figures: [Figure], prefix: String) {
    gallery = Gallery(figures)
    self.prefix = prefix
    var (room, outside) = (Self.limit, Set<String>())
    for figure in figures where gallery.holder(of: figure).name == figure.name {
      guard case .png(let data, _) = figure.content else { continue }
      if data.count <= room { room -= data.count } else { outside.insert(figure.name) }
    }
    self.outside = outside
  }

  enum Place {
    case here
    /// The same bytes are in an earlier figure.
    case earlier(Figure)
    case file(String)
  }

  func place(of figure: Figure) -> Place {
    let holder = gallery.holder(of: figure)
    if outside.contains(holder.name) { return .file(prefix + holder.file) }
    return holder.name == figure.name ? .here : .earlier(holder)
  }
}

/// Pictures with their captions.
enum HTMLFigure {
  static func markup(_ figure: Figure, among pictures: EmbeddedPictures) -> Markup {
    let caption = HTMLInline.markup(figure.caption) + [HTMLInline.link(to: figure.name, of: "figure")]
    return .tag(
      "figure", ["id": figure.name],
      [picture(figure, among: pictures), .tag("figcaption", [:], caption)]
    ).about(figure.topic)
  }

  /// A picture that the page has already is pointed at, and so is one that it cannot hold.
  private static func picture(_ figure: Figure, among pictures: EmbeddedPictures) -> Markup {
    switch pictures.place(of: figure) {
    case .here: picture(figure)
    case .earlier(let other): link("The same picture as ", to: "#" + other.name, other.caption.plain)
    case .file(let path): link("Left out, for the page would be too large; it is in ", to: path, path)
    }
  }

  private static func link(_ words: String, to target: String, _ name: String) -> Markup {
    .tag("p", ["class": "elsewhere"], [.text(words), .tag("a", ["href": target], text: name)])
  }

  private static func picture(_ figure: Figure) -> Markup {
    switch figure.content {
    case .drawing(let drawing): drawing.inline(name: figure.name)
    case .png(let data, let width):
      .tag(
        "img",
        [
          "class": "pixels", "src": "data:image/png;base64," + data.base64EncodedString(), "alt": figure.alternative,
          "width": "\(width)",
        ])
    }
  }
}
