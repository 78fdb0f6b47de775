package import Foundation

/// A picture with the words that stand for it where it cannot be seen.
package struct Figure: Hashable, Sendable {
  /// The stem of its file, unique on a page: lower-case letters, digits and hyphens.
  package let name: String
  /// What the picture shows, for who does not see it.
  package let alternative: String
  package let caption: Prose
  package let content: Content
  package let topic: Topic

  package enum Content: Hashable, Sendable {
    case drawing(Drawing)
    /// A PNG and how many pixels wide it wants to be shown.
    case png(Data, width: Int)
  }

  package init(
    name: String, alternative: String, caption: Prose, content: Content, about topic: Topic = .general
  ) {
    self.name = name
    self.alternative = alternative
    self.caption = caption
    self.content = content
    self.topic = topic
  }
}
