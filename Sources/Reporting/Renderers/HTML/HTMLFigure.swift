import Foundation

/// Pictures with their captions.
enum HTMLFigure {
  static func markup(_ figure: Figure, in gallery: Gallery) -> Markup {
    let caption = HTMLInline.markup(figure.caption) + [HTMLInline.link(to: figure.name, of: "figure")]
    return .tag(
      "figure", ["id": figure.name],
      [picture(figure, in: gallery), .tag("figcaption", [:], caption)]
    ).about(figure.topic)
  }

  /// A picture that the page has already is pointed at.
  private static func picture(_ figure: Figure, in gallery: Gallery) -> Markup {
    let holder = gallery.holder(of: figure)
    guard holder.name == figure.name else {
      return .tag(
        "p", ["class": "again"],
        [.text("The same picture as "), .tag("a", ["href": "#" + holder.name], text: holder.caption.plain)])
    }
    return switch figure.content {
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
