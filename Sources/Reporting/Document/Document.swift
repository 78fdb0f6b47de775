package import Experiments

/// A page: its title, the tier of its numbers, and its blocks in order.
package struct Document: Hashable, Sendable {
  package let title: String
  /// One line under the title, e.g. authors and venue.
  package let subtitle: Prose
  /// Stamped on the page; `nil` where tiers mix.
  package let tier: Tier?
  package let blocks: [Block]

  package init(title: String, subtitle: Prose = "", tier: Tier? = nil, blocks: [Block]) {
    self.title = title
    self.subtitle = subtitle
    self.tier = tier
    self.blocks = blocks
  }

  /// The figures in order, also those in folded blocks.
  package var figures: [Figure] { blocks.flatMap(\.figures) }
}

extension Block {
  /// Its figures in order, also those in folded blocks.
  var figures: [Figure] {
    switch self {
    case .figures(let figures): figures
    case .details(_, let blocks): blocks.flatMap(\.figures)
    case .heading, .paragraph, .list, .definitions, .table, .code, .note: []
    }
  }
}
