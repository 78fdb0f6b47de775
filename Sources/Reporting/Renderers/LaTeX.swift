import Experiments

/// Tables as LaTeX for `booktabs`, `graphicx` and `xcolor`.
package enum LaTeX {
  package static func render(_ table: Table) -> String {
    let alignment = table.columns.map { $0.isTrailing ? "r" : "l" }.joined()
    let tier = table.tier.map { " (\($0.rawValue) tier)" } ?? ""
    let fit = fit(of: table)
    var lines = [
      "% Needs \\usepackage{booktabs,graphicx,xcolor} and UTF-8 input.",
      "\\begin{table}[htbp]",
      "\\centering",
      "\\caption{\(escaped(table.caption + tier))}",
      fit.begin + "\\begin{tabular}{\(alignment)}",
      "\\toprule",
    ]
    lines += groups(table.groups)
    lines += [row(table.columns.map { guarded(escaped($0.heading)) }), "\\midrule"]
    lines += body(table)
    lines += ["\\bottomrule", "\\end{tabular}" + fit.end]
    lines += table.notes.map { "{\\par\\footnotesize\\raggedright \(inline($0))\\par}" }
    lines.append("\\end{table}")
    return lines.joined(separator: "\n") + "\n"
  }

  /// A table of many columns shrinks to the line where it is wider.
  private static func fit(of table: Table) -> (begin: String, end: String) {
    table.columns.count > 6
      ? ("\\resizebox{\\ifdim\\width>\\linewidth\\linewidth\\else\\width\\fi}{!}{%\n", "}") : ("", "")
  }

  /// The headings over columns, each with a rule as wide as it spans.
  private static func groups(_ groups: [ColumnGroup]) -> [String] {
    guard !groups.isEmpty else { return [] }
    var (first, rules) = (1, [String]())
    for group in groups {
      if !group.heading.isEmpty { rules.append("\\cmidrule(lr){\(first)-\(first + group.width - 1)}") }
      first += group.width
    }
    return [row(groups.map { "\\multicolumn{\($0.width)}{c}{\(escaped($0.heading))}" }), rules.joined()]
  }

  /// The lines of the rows; those of stacked cells take two, with air after them.
  private static func body(_ table: Table) -> [String] {
    table.rows.enumerated().flatMap { index, written in
      let lines = written.unstacked.map { line in row(line.cells.map { cell($0, tone: line.tone) }) }
      return lines + (lines.count > 1 && index + 1 < table.rows.count ? ["\\addlinespace"] : [])
    }
  }

  private static func row(_ cells: [String]) -> String { cells.joined(separator: " & ") + " \\\\" }

  private static func cell(_ cell: Cell, tone: Tone) -> String {
    let text = cell.lines.map(inline).joined()
    return tone == .faint && !text.isEmpty ? "\\textcolor{gray}{\(text)}" : guarded(text)
  }

  /// A bracket or a star at the head of a row would be read as an option of the `\\` before it.
  private static func guarded(_ text: String) -> String {
    text.hasPrefix("[") || text.hasPrefix("*") ? "{}" + text : text
  }

  static func inline(_ prose: Prose) -> String {
    prose.spans.map { span in
      switch span {
      case .text(let text), .link(let text, _), .page(let text, _): escaped(text)
      case .strong(let text), .badge(let text, _): text.isEmpty ? "" : "\\textbf{\(escaped(text))}"
      case .code(let text): text.isEmpty ? "" : "\\texttt{\(escaped(text))}"
      }
    }.joined()
  }

  /// Text that LaTeX prints as itself.
  static func escaped(_ text: String) -> String { LaTeXSigns.escaped(text) }
}
