import Experiments
import Foundation

/// Documents as GitHub's Markdown; pictures are files in a folder beside the page.
package enum Markdown {
  /// The page's text; a picture is looked for under its prefix and `Figure.file`.
  package static func render(_ document: Document, pictures prefix: String = "figures/") -> String {
    var parts = ["# " + escaped(document.title)]
    if !document.subtitle.isEmpty { parts.append(line(document.subtitle)) }
    if let tier = document.tier { parts.append("**Tier: \(tier.rawValue)**") }
    let pictures = PictureFiles(prefix: prefix, gallery: Gallery(document.figures))
    parts += document.blocks.map { render($0, pictures) }
    return parts.joined(separator: "\n\n") + "\n"
  }

  package static func render(_ block: Block, pictures prefix: String = "figures/") -> String {
    render(block, PictureFiles(prefix: prefix, gallery: Gallery(block.figures)))
  }

  private static func render(_ block: Block, _ pictures: PictureFiles) -> String {
    switch block {
    case .heading(let text, let level, let id): place(id) + String(repeating: "#", count: level) + " " + escaped(text)
    case .paragraph(let prose): line(prose)
    case .list(let items): items.map { "- " + line($0) }.joined(separator: "\n")
    case .definitions(let definitions):
      definitions.map { "- **\(inline($0.term))**: \(inline($0.meaning))" }.joined(separator: "\n")
    case .table(let table): render(table)
    case .figures(let figures): render(figures, pictures)
    case .code(let text): fenced(text)
    case .note(let prose, let tone): "> " + (symbol(tone).map { $0 + " " } ?? "") + inline(prose)
    case .details(let summary, let blocks):
      "<details>\n<summary>\(Markup.escaped(summary.plain))</summary>\n\n"
        + blocks.map { render($0, pictures) }.joined(separator: "\n\n") + "\n\n</details>"
    }
  }

  package static func render(_ table: Table) -> String {
    let tier = table.tier.map { " (\($0.rawValue) tier)" } ?? ""
    let rules = table.columns.map { $0.isTrailing ? "---:" : ":---" }
    var lines = ["**\(escaped(table.caption))**\(tier)", ""]
    lines.append(row(headings(of: table)))
    lines.append(row(rules))
    // Markdown has no grey: a faint row reads like any other, and its status says what it is.
    lines += table.rows.map { written in
      row(written.cells.map { cell in cell.lines.map { inline($0, inTable: true) }.joined(separator: "<br>") })
    }
    if !table.notes.isEmpty { lines += [""] + table.notes.map { "- " + line($0) } }
    return lines.joined(separator: "\n")
  }

  /// Markdown has one line of headings: a group's stands above each of its columns'.
  private static func headings(of table: Table) -> [String] {
    let groups = table.groups.flatMap { Array(repeating: $0.heading, count: $0.width) }
    guard !groups.isEmpty else { return table.columns.map { escaped($0.heading) } }
    return zip(groups, table.columns).map { group, column in
      [group, column.heading].filter { !$0.isEmpty }.map(escaped).joined(separator: "<br>")
    }
  }

  /// Pictures side by side are a table of one row: captions over pictures.
  private static func render(_ figures: [Figure], _ pictures: PictureFiles) -> String {
    guard figures.count > 1 else {
      return figures.map { image($0, pictures) + "\n\n" + line($0.caption) }.joined()
    }
    return [
      row(figures.map { inline($0.caption, inTable: true) }), row(figures.map { _ in ":---:" }),
      row(figures.map { image($0, pictures) }),
    ].joined(separator: "\n")
  }

  private static func image(_ figure: Figure, _ pictures: PictureFiles) -> String {
    let alternative = Markup.escaped(unbroken(figure.alternative)).replacing("|", with: "&#124;")
    return "<img src=\"\(pictures.path(of: figure))\" alt=\"\(alternative)\" width=\"\(figure.width)\">"
  }

  /// Headings have places by their words; one of another name is set before it.
  private static func place(_ id: String?) -> String { id.map { "<a id=\"\(Anchors.slug($0))\"></a>\n\n" } ?? "" }

  private static func row(_ cells: [String]) -> String { "| " + cells.joined(separator: " | ") + " |" }

  private static func fenced(_ text: String) -> String {
    let fence = String(repeating: "`", count: max(3, longestRun(of: "`", in: text) + 1))
    return "\(fence)\n\(text)\n\(fence)"
  }

  static func symbol(_ tone: Tone) -> String? {
    switch tone {
    case .good: "✓"
    case .bad: "✗"
    case .doubtful: "◦"
    case .plain, .faint: nil
    }
  }
}

/// Where the pictures of a page lie: equal ones in one file.
private struct PictureFiles {
  let prefix: String
  let gallery: Gallery

  func path(of figure: Figure) -> String { prefix + gallery.holder(of: figure).file }
}

extension Markdown {
  /// A line that begins a paragraph or an item: its first sign must not make it a heading, a list or a quotation.
  private static func line(_ prose: Prose) -> String {
    let text = inline(prose)
    guard let first = text.unicodeScalars.first else { return text }
    if ["+", "-", "=", "#", ">"].contains(first) { return "\\" + text }
    let digits = text.prefix { $0.isASCII && $0.isNumber }
    guard !digits.isEmpty, let mark = text.dropFirst(digits.count).first, mark == "." || mark == ")" else {
      return text
    }
    return "\(digits)\\\(text.dropFirst(digits.count))"
  }

  static func inline(_ prose: Prose, inTable: Bool = false) -> String {
    prose.spans.map { inline($0, inTable: inTable) }.joined()
  }

  private static func inline(_ span: Prose.Span, inTable: Bool) -> String {
    switch span {
    case .text(let text): escaped(text)
    case .strong(let text): text.isEmpty ? "" : "<strong>\(escaped(text))</strong>"
    case .code(let text): code(text, inTable: inTable)
    case .link(let text, let target):
      LinkTarget.isSafe(target) ? "[\(escaped(text))](\(destination(target)))" : escaped(text)
    case .page(let text, let name): inline(.link(text, to: name + ".md"), inTable: inTable)
    case .badge(let text, let tone): "<strong>\((symbol(tone).map { $0 + " " } ?? "") + escaped(text))</strong>"
    }
  }

  private static func code(_ text: String, inTable: Bool) -> String {
    guard !text.isEmpty else { return "" }
    // A table is cut at pipes before code is seen, and a backslash before one cannot be told from an escape.
    if inTable, text.contains("|") { return "<code>\(escaped(text))</code>" }
    let fence = String(repeating: "`", count: longestRun(of: "`", in: text) + 1)
    let padding = text.hasPrefix("`") || text.hasSuffix("`") ? " " : ""
    return fence + padding + unbroken(text) + padding + fence
  }

  private static func destination(_ target: String) -> String {
    var result = ""
    for character in target {
      switch character {
      case "(": result += "%28"
      case ")": result += "%29"
      case "<": result += "%3C"
      case ">": result += "%3E"
      case "|": result += "%7C"
      case "\\": result += "%5C"
      default: result.append(character)
      }
    }
    return result
  }

  /// Text that Markdown, the HTML within it and its tables read as itself.
  static func escaped(_ text: String) -> String {
    var result = ""
    for character in unbroken(text) {
      switch character {
      case "\\", "`", "*", "_", "[", "]", "|", "~": result += "\\" + String(character)
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "&": result += "&amp;"
      // A dollar sign would begin mathematics.
      case "$": result += "<span>$</span>"
      default: result.append(character)
      }
    }
    return result
  }

  private static func unbroken(_ text: String) -> String {
    text.split(whereSeparator: \.isNewline).joined(separator: " ")
  }

  private static func longestRun(of character: Character, in text: String) -> Int {
    var (longest, run) = (0, 0)
    for each in text {
      run = each == character ? run + 1 : 0
      longest = max(longest, run)
    }
    return longest
  }
}
