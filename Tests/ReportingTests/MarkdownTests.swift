import Reporting
import Testing

@Suite struct MarkdownTests {
  @Test func `a small document is this text`() {
    #expect(
      Markdown.render(Samples.document) == """
        # A title

        Who and where

        **Tier: nightly**

        ## First

        Some <strong>words</strong> and a [link](https://example.org).

        **Numbers** (nightly tier)

        | name | score | mean | remark |
        | :--- | ---: | ---: | :--- |
        | one | −1.5 | 1.50 ± 0.25 (3) | fine |
        | two | diverged | 1.000 (1 of 2) |  |

        - A `note`.

        ## Second

        - one
        - two

        ```
        assay report 'a b'
        ```

        > ◦ Mind this.

        <details>
        <summary>more</summary>

        hidden

        </details>

        - **term**: meaning

        """)
  }

  @Test func `a group's heading stands over each of its columns, and a stacked cell has two lines`() {
    #expect(
      Markdown.render(Samples.grouped) == """
        **Both**

        | name | MNIST<br>FID | MNIST<br>sKL |
        | :--- | ---: | ---: |
        | one<br>published | <strong>1.50 ± 0.25 (3)</strong><br>1.25 | failed \\[1\\]<br>blank |
        """)
  }

  @Test(arguments: Hostile.texts)
  func `a cell reads back as the text that was put in`(text: String) {
    let table = Table(
      caption: "t", tier: nil, columns: [Column("a", .name), Column("b", .text)],
      rows: [Row([.text(Prose(text)), .text("\(strong: text)")])])
    let row = Markdown.render(table).split(separator: "\n").last.map(String.init) ?? ""
    let cells = PlainMarkdown.cells(of: row)
    let expected = text.split(whereSeparator: \.isNewline).joined(separator: " ")
    #expect(cells.count == 2)
    #expect(cells.first.map(PlainMarkdown.read) == expected)
    #expect(cells.last.map(PlainMarkdown.read) == (text.isEmpty ? "" : "<strong>\(expected)</strong>"))
  }

  @Test(arguments: Hostile.texts)
  func `code in a cell stays in its cell`(text: String) {
    let table = Table(
      caption: "t", tier: nil, columns: [Column("a", .name), Column("b", .text)],
      rows: [Row([.text("\(code: text)"), .text("end")])])
    let row = Markdown.render(table).split(separator: "\n").last.map(String.init) ?? ""
    #expect(PlainMarkdown.cells(of: row).count == 2)
  }

  @Test(arguments: [
    ("# a", "\\# a"), ("- a", "\\- a"), ("+ a", "\\+ a"), ("1. a", "1\\. a"), ("23) a", "23\\) a"), ("= a", "\\= a"),
    ("> a", "&gt; a"), ("* a", "\\* a"), ("1.5 a", "1\\.5 a"), ("a # b", "a # b"),
  ])
  func `a paragraph never becomes a heading, a list or a quotation`(text: String, written: String) {
    #expect(Markdown.render(.paragraph(Prose(text))) == written)
  }

  @Test func `a fence is longer than any within`() {
    #expect(Markdown.render(.code("a\n````\nb")) == "`````\na\n````\nb\n`````")
  }

  @Test func `pictures are files in figures, side by side under their captions`() {
    let figures = [Samples.picture("a-b", "First"), Samples.picture("c", "Second", alternative: "a|\"b\"")]
    #expect(
      Markdown.render(.figures(figures)) == """
        | First | Second |
        | :---: | :---: |
        | <img src="figures/a-b.png" alt="A dot" width="20"> \
        | <img src="figures/c.png" alt="a&#124;&quot;b&quot;" width="20"> |
        """)
  }
}

/// Just enough of a reader of GitHub's Markdown to undo what the renderer escapes.
enum PlainMarkdown {
  /// The cells of a row, split at pipes that no backslash precedes.
  static func cells(of row: String) -> [String] {
    var (cells, cell, isEscaped) = ([String](), "", false)
    for character in row {
      if character == "|", !isEscaped {
        cells.append(cell)
        cell = ""
      } else {
        cell.append(character)
      }
      isEscaped = character == "\\" && !isEscaped
    }
    return cells.dropFirst().map(\.trimmingSpaces)
  }

  /// The text that escapes and entities stand for.
  static func read(_ text: String) -> String {
    var (result, rest) = ("", Substring(text.replacing("<span>$</span>", with: "$")))
    let entities = ["&lt;": "<", "&gt;": ">", "&amp;": "&"]
    while let first = rest.first {
      if first == "\\", let second = rest.dropFirst().first, second.isASCII, second.isPunctuation || second.isSymbol {
        result.append(second)
        rest = rest.dropFirst(2)
      } else if let (entity, sign) = entities.first(where: { rest.hasPrefix($0.key) }) {
        result += sign
        rest = rest.dropFirst(entity.count)
      } else {
        result.append(first)
        rest = rest.dropFirst()
      }
    }
    return result
  }
}

extension String {
  /// The text without the spaces and line feeds at its ends.
  var trimmingSpaces: String {
    let isSpace = { (character: Character) in character == " " || character == "\n" }
    return String(drop(while: isSpace).reversed().drop(while: isSpace).reversed())
  }
}
