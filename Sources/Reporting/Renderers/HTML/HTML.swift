import Experiments

/// Documents as one HTML file that needs nothing beside it: style, script and pictures are inside.
///
/// The text is well-formed XML too, so that any parser can check it.
package enum HTML {
  /// - Parameter pictures: where the files of pictures lie that are too many to be inside.
  package static func render(_ document: Document, pictures prefix: String = "figures/") -> String {
    var writer = HTMLWriter(document, pictures: prefix)
    let sections = writer.sections(document.blocks)
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
        script(PageScript.beforePage),
        .tag("style", [:], [.verbatim("\n" + PageStyle.text)]),
      ])
  }

  private static func body(_ document: Document, _ sections: [HTMLSection]) -> Markup {
    let tier = document.tier.map {
      Markup.tag("p", ["class": "tier"], [.text("Tier: "), .tag("strong", [:], text: $0.rawValue)])
    }
    let subtitle = Markup.tag("p", ["class": "subtitle"], HTMLInline.markup(document.subtitle))
    let header = [Markup.tag("h1", [:], text: document.title)] + (document.subtitle.isEmpty ? [] : [subtitle])
    return .tag(
      "body", [:],
      [
        .tag("a", ["class": "skip", "href": "#content"], text: "Skip to the content"),
        .tag("header", ["class": "page"], header + (tier.map { [$0] } ?? [])),
        columns(sections),
        script(PageScript.text),
      ])
  }

  /// A parser of XML takes what is between the brackets as it stands; to one of HTML they are in comments.
  private static func script(_ text: String) -> Markup {
    .tag("script", [:], [.verbatim("//<![CDATA[\n\(text)//]]>\n")])
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
