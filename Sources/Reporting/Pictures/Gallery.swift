import Foundation

/// Which of a page's figures holds a picture: the first that shows it, so that equal pictures are kept once.
struct Gallery {
  private let holders: [Data: Figure]

  /// Of the figures of a page, in its order.
  init(_ figures: [Figure]) {
    holders = Dictionary(figures.compactMap { figure in figure.png.map { ($0, figure) } }) { first, _ in first }
  }

  /// The figure itself, or an earlier one whose picture is the same bytes.
  func holder(of figure: Figure) -> Figure { figure.png.flatMap { holders[$0] } ?? figure }
}

extension Document {
  /// The figures whose pictures no earlier one shows.
  var pictures: [Figure] {
    let gallery = Gallery(figures)
    return figures.filter { gallery.holder(of: $0).name == $0.name }
  }
}

extension Figure {
  fileprivate var png: Data? {
    guard case .png(let data, _) = content else { return nil }
    return data
  }
}
