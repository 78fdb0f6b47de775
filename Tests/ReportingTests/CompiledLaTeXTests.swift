import Experiments
import Foundation
import Reporting
import SampleReport
import Testing

/// What LaTeX itself says of our tables.
@Suite struct CompiledLaTeXTests {
  private static let compiler = URL(filePath: "/usr/bin/pdflatex")

  /// Compiles tables one after another in a folder of their own, and gives the end of what the compiler said if it failed.
  private func complaint(on tables: [String]) throws -> String? {
    let folder = FileManager.default.temporaryDirectory.appending(path: "tables-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let text = """
      \\documentclass{article}
      \\usepackage{booktabs,graphicx,xcolor}
      \\begin{document}
      \(tables.joined(separator: "\\clearpage\n"))
      \\end{document}
      """
    try text.write(to: folder.appending(path: "tables.tex"), atomically: true, encoding: .utf8)
    let (process, output) = (Process(), Pipe())
    process.executableURL = Self.compiler
    process.arguments = ["-interaction=nonstopmode", "-halt-on-error", "tables.tex"]
    process.currentDirectoryURL = folder
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = output
    try process.run()
    let said = try output.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    return process.terminationStatus == 0 ? nil : String(String(decoding: said, as: UTF8.self).suffix(600))
  }

  // Skipped without pdflatex, which Debian has in texlive-latex-recommended with booktabs.
  @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: compiler.path)))
  func `every table of a report compiles, and so does every text in every place of one`() throws {
    let findings = try SampleFindings().findings()
    let reported = try tableIDs([findings]).map { try table($0, of: [findings], as: .latex) }
    let hostile = Hostile.texts.map { text in
      LaTeX.render(
        Table(
          caption: text, tier: .smoke, columns: [Column(text, .name), Column("b", .text)],
          groups: [ColumnGroup(text, width: 1), ColumnGroup(text, width: 1)],
          rows: [
            Row([.text(Prose(text)), .text("\(code: text)")]),
            Row([.stacked(.text("\(strong: text)"), below: .missing(text), tone: .faint), .blank], tone: .faint),
          ], notes: [Prose(text), "\(badge: text, .bad)"]))
    }
    let signs = LaTeX.render(
      Table(
        caption: "αβγδεζηθικλμνξοπρςστυφχψω ΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩ", tier: nil, columns: [Column("2ⁿ ⁰¹²³⁻", .name)],
        rows: [Row([.text("±−×÷·√∞≤≥≠≈→←↓↑–—…†‡‘’“”′½ äöüßéñç 漢字 🦊 --- -- \u{A0}*")]), Row([.text("*")])]))
    #expect(try complaint(on: reported + hostile + [signs]) == nil)
  }
}
