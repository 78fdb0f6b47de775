import Experiments

/// Tables as LaTeX for `booktabs` and `xcolor`.
package enum LaTeX {
  package static func render(_ table: Table) -> String {
    let alignment = table.columns.map { $0.isTrailing ? "r" : "l" }.joined()
    let tier = table.tier.map { " (\($0.rawValue) tier)" } ?? ""
    var lines = [
      "% Needs \\usepackage{booktabs,xcolor} and UTF-8 input.",
      "\\begin{table}[htbp]",
      "\\centering",
      "\\caption{\(escaped(table.caption + tier))}",
      "\\begin{tabular}{\(alignment)}",
      "\\toprule",
      row(table.columns.map { escaped($0.heading) }),
      "\\midrule",
    ]
    lines += table.rows.map { written in row(written.cells.map { cell(inline($0.prose), tone: written.tone) }) }
    lines += ["\\bottomrule", "\\end{tabular}"]
    lines += table.notes.map { "\\par{\\footnotesize \(inline($0))}" }
    lines.append("\\end{table}")
    return lines.joined(separator: "\n") + "\n"
  }

  private static func row(_ cells: [String]) -> String { cells.joined(separator: " & ") + " \\\\" }

  private static func cell(_ text: String, tone: Tone) -> String {
    tone == .faint && !text.isEmpty ? "\\textcolor{gray}{\(text)}" : guarded(text)
  }

  /// An opening bracket at the head of a row would be read as an option of the `\\` before it.
  private static func guarded(_ text: String) -> String { text.hasPrefix("[") ? "{}" + text : text }

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
  static func escaped(_ text: String) -> String {
    text.unicodeScalars.map { scalar in
      if let written = signs[scalar] { return written }
      return scalar.properties.generalCategory == .control ? " " : String(scalar)
    }.joined()
  }

  private static let signs: [Unicode.Scalar: String] = [
    "\\": "\\textbackslash{}", "{": "\\{", "}": "\\}", "$": "\\$", "&": "\\&", "#": "\\#", "%": "\\%", "_": "\\_",
    "~": "\\textasciitilde{}", "^": "\\textasciicircum{}", "<": "\\textless{}", ">": "\\textgreater{}",
    "|": "\\textbar{}", "\"": "{\\char34}", "`": "\\textasciigrave{}",
    "±": "$\\pm$", "−": "$-$", "×": "$\\times$", "·": "$\\cdot$", "≤": "$\\leq$", "≥": "$\\geq$", "→": "$\\to$",
    "↓": "$\\downarrow$", "↑": "$\\uparrow$", "∞": "$\\infty$", "–": "--", "—": "---", "…": "\\ldots{}",
    "†": "$\\dagger$",
    "α": "$\\alpha$", "β": "$\\beta$", "γ": "$\\gamma$", "λ": "$\\lambda$", "μ": "$\\mu$", "σ": "$\\sigma$",
    "τ": "$\\tau$",
  ]
}
