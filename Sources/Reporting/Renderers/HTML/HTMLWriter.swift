/// Writes the blocks of a page as markup, and gives each heading, table and figure a place that links can name.
struct HTMLWriter {
  private var anchors: Anchors
  private let pictures: EmbeddedPictures
  /// The section that is being written: its headings are named within it, so that they keep their names whatever other
  /// sections there are.
  private var section = ""

  init(_ document: Document, pictures prefix: String) {
    pictures = EmbeddedPictures(document.figures, prefix: prefix)
    anchors = Anchors(
      taken: document.figures.flatMap { [$0.name, Drawing.titlePlace($0.name), Drawing.summaryPlace($0.name)] })
  }

  mutating func sections(_ blocks: [Block]) -> [HTMLSection] {
    var sections: [HTMLSection] = []
    for block in blocks {
      if case .heading(let text, level: 2, let id) = block {
        section = anchors.anchor(for: id ?? text)
        sections.append(HTMLSection(title: text, id: section))
      } else {
        if sections.isEmpty { sections.append(HTMLSection(title: nil, id: "")) }
        sections[sections.count - 1].content.append(markup(block))
      }
    }
    return sections
  }

  private mutating func markup(_ block: Block) -> Markup {
    switch block {
    case .heading(let text, let level, let id):
      HTMLInline.heading(text, level: level, place: anchors.anchor(for: id ?? section + "-" + text))
    case .paragraph(let prose): .tag("p", [:], HTMLInline.markup(prose))
    case .list(let items): .tag("ul", [:], items.map { .tag("li", [:], HTMLInline.markup($0)) })
    case .definitions(let definitions): .tag("dl", [:], definitions.map(definition))
    case .table(let table): HTMLTable.markup(table, place: anchors.anchor(for: table.id ?? table.caption))
    case .figures(let figures):
      .tag("div", ["class": "figures"], figures.map { HTMLFigure.markup($0, among: pictures) })
    case .code(let text): .tag("pre", ["tabindex": "0"], [.tag("code", [:], text: text)])
    case .note(let prose, let tone):
      .tag("p", ["class": "note \(tone.rawValue)", "role": "note"], HTMLInline.symbol(tone) + HTMLInline.markup(prose))
    case .details(let summary, let blocks):
      details(summary, blocks)
    }
  }

  private mutating func details(_ summary: Prose, _ blocks: [Block]) -> Markup {
    var children = [Markup.tag("summary", [:], HTMLInline.markup(summary))]
    for block in blocks { children.append(markup(block)) }
    return .tag("details", [:], children)
  }

  private func definition(_ definition: Definition) -> Markup {
    .tag(
      "div", [:],
      [
        .tag("dt", [:], HTMLInline.markup(definition.term)), .tag("dd", [:], HTMLInline.markup(definition.meaning)),
      ])
  }
}

/// A heading of level 2 with what follows it; what comes before the first has no title.
struct HTMLSection {
  let title: String?
  let id: String
  var content: [Markup] = []

  var markup: Markup {
    guard let title else { return .tag("section", ["class": "lead"], content) }
    return .tag(
      "section", ["aria-labelledby": id], [HTMLInline.heading(title, level: 2, place: id)] + content)
  }
}
