import Experiments

/// Documents as one HTML file that needs nothing beside it: style, script and pictures are inside.
///
/// The text is well-formed XML too, so that any parser can check it.
package enum HTML {
  package static func render(_ document: Document) -> String {
    let sections = HTMLSection.split(document.blocks)
    let page = Markup.tag("html", ["lang": "en"], [head(document), body(document, sections)])
    return "<!DOCTYPE html>\n" + page.written
  }

  private static func head(_ document: Document) -> Markup {
    .tag(
      "head", [:],
      [
        .tag("meta", ["charset": "utf-8"]),
        .tag("meta", ["name": "viewport", "content": "width=device-width, initial-scale=1"]),
        .tag("meta", ["name": "color-scheme", "content": "light dark"]),
        .tag("title", [:], text: document.title),
        .tag("style", [:], [.verbatim("\n" + PageStyle.text)]),
      ])
  }

  private static func body(_ document: Document, _ sections: [HTMLSection]) -> Markup {
    let tier = document.tier.map {
      Markup.tag("p", ["class": "tier"], [.text("Tier: "), .tag("strong", [:], text: $0.rawValue)])
    }
    let subtitle = Markup.tag("p", ["class": "subtitle"], HTMLBlock.inline(document.subtitle))
    let header = [Markup.tag("h1", [:], text: document.title)] + (document.subtitle.isEmpty ? [] : [subtitle])
    return .tag(
      "body", [:],
      [
        .tag("a", ["class": "skip", "href": "#content"], text: "Skip to the content"),
        .tag("header", ["class": "page"], header + (tier.map { [$0] } ?? [])),
        columns(sections),
        .tag("script", [:], [.verbatim("\n" + PageScript.text)]),
      ])
  }

  /// The contents beside what they lead to; a page without sections has none.
  private static func columns(_ sections: [HTMLSection]) -> Markup {
    let main = Markup.tag("main", ["id": "content"], sections.map(\.markup))
    let items = sections.compactMap { section in
      section.title.map { Markup.tag("li", [:], [.tag("a", ["href": "#" + section.id], text: $0)]) }
    }
    guard !items.isEmpty else { return .tag("div", ["class": "single"], [main]) }
    return .tag("div", ["class": "columns"], [.tag("nav", ["aria-label": "Contents"], [.tag("ul", [:], items)]), main])
  }
}

/// A heading of level 2 with what follows it; what comes before the first has no title.
struct HTMLSection {
  let title: String?
  let id: String
  var blocks: [Block] = []

  static func split(_ blocks: [Block]) -> [HTMLSection] {
    var sections: [HTMLSection] = []
    var anchors = Anchors()
    for block in blocks {
      if case .heading(let text, level: 2, _) = block {
        sections.append(HTMLSection(title: text, id: anchors.anchor(for: text)))
      } else {
        if sections.isEmpty { sections.append(HTMLSection(title: nil, id: "")) }
        sections[sections.count - 1].blocks.append(block)
      }
    }
    return sections
  }

  var markup: Markup {
    let content = blocks.map(HTMLBlock.markup)
    guard let title else { return .tag("section", ["class": "lead"], content) }
    return .tag("section", ["aria-labelledby": id], [.tag("h2", ["id": id], text: title)] + content)
  }
}

/// Names for places on a page: lower-case words with hyphens, each given once.
struct Anchors {
  private var taken: [String: Int] = ["content": 1]

  mutating func anchor(for text: String) -> String {
    let word = Anchors.slug(text)
    taken[word, default: 0] += 1
    let times = taken[word, default: 1]
    return times == 1 ? word : anchor(for: "\(word)-\(times)")
  }

  static func slug(_ text: String) -> String {
    let words = text.lowercased().split { !($0.isASCII && ($0.isLetter || $0.isNumber)) }
    return words.isEmpty ? "section" : words.joined(separator: "-")
  }
}
