import Experiments
import Reporting
import Testing

@Suite struct LaTeXTests {
  @Test func `a small table is this float`() {
    #expect(
      LaTeX.render(Samples.table) == #"""
        % Needs \usepackage{booktabs,graphicx,xcolor} and UTF-8 input.
        \begin{table}[htbp]
        \centering
        \caption{Numbers (nightly tier)}
        \begin{tabular}{lrrl}
        \toprule
        name & score & mean & remark \\
        \midrule
        one & $-$1.5 & 1.50 $\pm$ 0.25 (3) & fine \\
        \textcolor{gray}{two} & \textcolor{gray}{diverged} & \textcolor{gray}{1.000 (1 of 2)} &  \\
        \bottomrule
        \end{tabular}
        {\par\footnotesize\raggedright A \texttt{note}.\par}
        \end{table}

        """#)
  }

  @Test(arguments: Hostile.texts)
  func `whatever the text is, braces balance and a row keeps its cells`(text: String) throws {
    let table = Table(
      caption: text, tier: .paper, columns: [Column("a", .name), Column("b", .text), Column("c", .text)],
      rows: [Row([.text(Prose(text)), .text("\(code: text)"), .missing(text)])], notes: [Prose(text)])
    let lines = LaTeX.render(table).split(separator: "\n").map(String.init)
    let row = try #require(lines.drop { $0 != "\\midrule" }.dropFirst().first)
    #expect(row.hasSuffix(" \\\\"))
    #expect(PlainLaTeX.bare("&", in: row) == 2)
    for line in lines.dropFirst() {
      #expect(PlainLaTeX.bare("{", in: line) == PlainLaTeX.bare("}", in: line))
      #expect(PlainLaTeX.bare("$", in: line).isMultiple(of: 2))
      for sign in ["%", "#", "_", "^", "~"] as [Character] { #expect(PlainLaTeX.bare(sign, in: line) == 0) }
    }
    #expect(lines.last == "\\end{table}")
  }

  @Test func `column groups and stacked cells are headings with rules and rows of two lines`() {
    #expect(
      LaTeX.render(Samples.grouped) == #"""
        % Needs \usepackage{booktabs,graphicx,xcolor} and UTF-8 input.
        \begin{table}[htbp]
        \centering
        \caption{Both}
        \begin{tabular}{lrr}
        \toprule
        \multicolumn{1}{c}{} & \multicolumn{2}{c}{MNIST} \\
        \cmidrule(lr){2-3}
        name & FID & sKL \\
        \midrule
        one & \textbf{1.50 $\pm$ 0.25 (3)} & failed [1] \\
        \textcolor{gray}{published} & \textcolor{gray}{1.25} & \textcolor{gray}{blank} \\
        \bottomrule
        \end{tabular}
        \end{table}

        """#)
  }

  @Test func `a bracket at the head of a row is no option of the line before`() {
    let table = Table(caption: "t", tier: nil, columns: [Column("a", .name)], rows: [Row([.text("[x]")])])
    #expect(LaTeX.render(table).contains("{}[x] \\\\"))
  }
}

/// Counts signs that LaTeX would act on: those that no backslash precedes.
enum PlainLaTeX {
  static func bare(_ sign: Character, in line: String) -> Int {
    var (count, isEscaped) = (0, false)
    for character in line {
      if character == sign, !isEscaped { count += 1 }
      isEscaped = character == "\\" && !isEscaped
    }
    return count
  }
}
