import Experiments

/// Tables that scroll on a narrow screen, say their caption to a screen reader and sort where there is a script.
enum HTMLTable {
  static func markup(_ table: Table, place: String) -> Markup {
    let scroll = Markup.tag(
      "div", ["class": "scroll", "role": "region", "aria-label": table.caption, "tabindex": "0"],
      [.tag("table", ["id": place], [caption(table, place), head(table), body(table)])])
    let notes = table.notes.map { Markup.tag("li", [:], HTMLInline.markup($0)) }
    return .tag("div", ["class": "table"], [scroll] + (notes.isEmpty ? [] : [.tag("ul", ["class": "notes"], notes)]))
  }

  private static func caption(_ table: Table, _ place: String) -> Markup {
    let tier = table.tier.map {
      [.text(" "), Markup.tag("span", ["class": "badge faint"], text: "\($0.rawValue) tier")]
    }
    return .tag(
      "caption", [:],
      [.tag("span", [:], [.text(table.caption)] + (tier ?? []) + [HTMLInline.link(to: place, of: "table")])])
  }

  private static func head(_ table: Table) -> Markup {
    let headings = table.columns.map { column in
      Markup.tag("th", ["scope": "col", "class": column.isTrailing ? "number" : nil], text: column.heading)
        .about(column.topic)
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
        return .tag("tr", ["class": row.tone == .plain ? nil : row.tone.rawValue], cells).about(row.topic)
      })
  }

  private static func cell(_ cell: Cell, under column: Column) -> Markup {
    let content = content(of: cell)
    if column.kind == .name { return .tag("th", ["scope": "row"], content) }
    let classes =
      (column.isTrailing ? ["number"] : []) + (cell.isMissing ? ["missing"] : [])
      + (cell.isMissing && (cell.lines.first?.plain.count ?? 0) > Self.wordLength ? ["long"] : [])
    return .tag(
      "td",
      [
        "class": classes.isEmpty ? nil : classes.joined(separator: " "), "data-value": cell.value.map { "\($0)" },
      ], content)
  }

  /// Why a number is missing is kept on one line up to so many letters: `not implemented [12]`.
  private static let wordLength = 20

  /// What stands below in a stacked cell has a line of its own.
  private static func content(of cell: Cell) -> [Markup] {
    guard case .stacked(let first, let below, let tone) = cell else { return cell.lines.flatMap(HTMLInline.markup) }
    let lower = Markup.tag(
      "span", ["class": tone == .faint ? "below faint" : "below"], [.text(" ")] + content(of: below))
    return content(of: first) + [lower]
  }
}
