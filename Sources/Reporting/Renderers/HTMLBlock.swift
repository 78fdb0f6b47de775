import Experiments
import Foundation

/// The markup of each kind of block.
enum HTMLBlock {
  static func markup(_ block: Block) -> Markup {
    switch block {
    case .heading(let text, let level, _): .tag("h\(min(max(level, 2), 6))", [:], text: text)
    case .paragraph(let prose): .tag("p", [:], inline(prose))
    case .list(let items): .tag("ul", [:], items.map { .tag("li", [:], inline($0)) })
    case .definitions(let definitions):
      .tag(
        "dl", [:],
        definitions.map {
          .tag("div", [:], [.tag("dt", [:], inline($0.term)), .tag("dd", [:], inline($0.meaning))])
        })
    case .table(let table): HTMLTable.markup(table)
    case .figures(let figures): .tag("div", ["class": "figures"], figures.map(figure))
    case .code(let text): .tag("pre", ["tabindex": "0"], [.tag("code", [:], text: text)])
    case .note(let prose, let tone):
      .tag("p", ["class": "note \(tone.rawValue)", "role": "note"], symbol(tone) + inline(prose))
    case .details(let summary, let blocks):
      .tag("details", [:], [.tag("summary", [:], inline(summary))] + blocks.map(markup))
    }
  }

  static func inline(_ prose: Prose) -> [Markup] { prose.spans.map(inline) }

  private static func inline(_ span: Prose.Span) -> Markup {
    switch span {
    case .text(let text): .text(text)
    case .strong(let text): .tag("strong", [:], text: text)
    case .code(let text): .tag("code", [:], text: text)
    case .link(let text, let target):
      LinkTarget.isSafe(target) ? .tag("a", ["href": target], text: text) : .text(text)
    case .page(let text, let name): inline(.link(text, to: name + ".html"))
    case .badge(let text, let tone):
      .tag("span", ["class": "badge \(tone.rawValue)"], symbol(tone) + [.text(text)])
    }
  }

  /// A sign before the words, for eyes that do not tell the colours apart.
  private static func symbol(_ tone: Tone) -> [Markup] {
    Markdown.symbol(tone).map { [.tag("span", ["aria-hidden": "true"], text: $0 + " ")] } ?? []
  }

  private static func figure(_ figure: Figure) -> Markup {
    .tag("figure", ["id": figure.name], [picture(figure), .tag("figcaption", [:], inline(figure.caption))])
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

/// Tables that scroll on a narrow screen, say their caption to a screen reader and sort where there is a script.
enum HTMLTable {
  static func markup(_ table: Table) -> Markup {
    let scroll = Markup.tag(
      "div", ["class": "scroll", "role": "region", "aria-label": table.caption, "tabindex": "0"],
      [.tag("table", [:], [caption(table), head(table), body(table)])])
    let notes = table.notes.map { Markup.tag("li", [:], HTMLBlock.inline($0)) }
    return .tag("div", ["class": "table"], [scroll] + (notes.isEmpty ? [] : [.tag("ul", ["class": "notes"], notes)]))
  }

  private static func caption(_ table: Table) -> Markup {
    let tier = table.tier.map {
      [.text(" "), Markup.tag("span", ["class": "badge faint"], text: "\($0.rawValue) tier")]
    }
    return .tag("caption", [:], [.tag("span", [:], [.text(table.caption)] + (tier ?? []))])
  }

  private static func head(_ table: Table) -> Markup {
    let headings = table.columns.map { column in
      Markup.tag("th", ["scope": "col", "class": column.isTrailing ? "number" : nil], text: column.heading)
    }
    let groups = table.groups.map { group in
      group.heading.isEmpty
        ? Markup.tag("td", ["colspan": "\(group.width)"])
        : Markup.tag("th", ["scope": "colgroup", "class": "group", "colspan": "\(group.width)"], text: group.heading)
    }
    return .tag("thead", [:], (groups.isEmpty ? [] : [.tag("tr", [:], groups)]) + [.tag("tr", [:], headings)])
  }

  private static func body(_ table: Table) -> Markup {
    .tag(
      "tbody", [:],
      table.rows.map { row in
        let cells = zip(table.columns, row.cells).map { cell($1, under: $0) }
        return .tag("tr", ["class": row.tone == .plain ? nil : row.tone.rawValue], cells)
      })
  }

  private static func cell(_ cell: Cell, under column: Column) -> Markup {
    let content = content(of: cell)
    if column.kind == .name { return .tag("th", ["scope": "row"], content) }
    let classes = (column.isTrailing ? ["number"] : []) + (cell.isMissing ? ["missing"] : [])
    return .tag(
      "td",
      [
        "class": classes.isEmpty ? nil : classes.joined(separator: " "), "data-value": cell.value.map { "\($0)" },
      ], content)
  }

  /// What stands below in a stacked cell has a line of its own.
  private static func content(of cell: Cell) -> [Markup] {
    guard case .stacked(let first, let below, let tone) = cell else { return cell.lines.flatMap(HTMLBlock.inline) }
    let lower = Markup.tag(
      "span", ["class": tone == .faint ? "below faint" : "below"], [.text(" ")] + content(of: below))
    return content(of: first) + [lower]
  }
}
