import Experiments

/// The markup of words, headings and the links to them.
enum HTMLInline {
  static func markup(_ prose: Prose) -> [Markup] { prose.spans.map(markup) }

  private static func markup(_ span: Prose.Span) -> Markup {
    switch span {
    case .text(let text): .text(text)
    case .strong(let text): .tag("strong", [:], text: text)
    case .code(let text): .tag("code", [:], text: text)
    case .link(let text, let target):
      LinkTarget.isSafe(target) ? .tag("a", ["href": target], text: text) : .text(text)
    case .page(let text, let name): markup(.link(text, to: name + ".html"))
    case .badge(let text, let tone):
      .tag("span", ["class": "badge \(tone.rawValue)"], symbol(tone) + [.text(text)])
    }
  }

  /// A sign before the words, for eyes that do not tell the colours apart.
  static func symbol(_ tone: Tone) -> [Markup] {
    Markdown.symbol(tone).map { [.tag("span", ["aria-hidden": "true"], text: $0 + " ")] } ?? []
  }

  static func heading(_ text: String, level: Int, place: String) -> Markup {
    .tag("h\(min(max(level, 2), 6))", ["id": place], [.text(text), link(to: place, of: "section")])
  }

  /// A link to where it stands, for who wants to pass it on; its sign comes from the style sheet, so that the words
  /// beside it are read and copied without it.
  static func link(to place: String, of kind: String) -> Markup {
    .tag("a", ["class": "anchor", "href": "#" + place, "aria-label": "Link to this \(kind)"])
  }
}

extension Markup {
  /// The element with what it is about, which a page's filter reads.
  func about(_ topic: Topic) -> Markup {
    guard case .element(let name, let attributes, let children) = self else { return self }
    let lists = [
      ("data-dataset", topic.datasets), ("data-method", topic.methods),
      ("data-reading", topic.readings.map(\.rawValue)), ("data-tier", topic.tiers.map(\.rawValue)),
    ]
    let further = lists.filter { !$0.1.isEmpty }.map { Attribute(name: $0.0, value: $0.1.joined(separator: " ")) }
    return .element(name, attributes + further, children)
  }
}
