/// A piece of a page; sections write these, renderers turn them into HTML, Markdown, LaTeX or CSV.
package indirect enum Block: Hashable, Sendable {
  /// Level 2 is a section; level 1 is the document's title. The id names its place on the page, `nil` where its words do.
  case heading(String, level: Int, id: String? = nil)
  case paragraph(Prose)
  case list([Prose])
  case definitions([Definition])
  case table(Table)
  /// Pictures that belong side by side.
  case figures([Figure])
  /// Text as typed, e.g. a command.
  case code(String)
  /// A remark set apart from the running text.
  case note(Prose, Tone)
  /// What is there for who asks: folded away where the medium can fold.
  case details(Prose, [Block])
}

/// A term and what it stands for.
package struct Definition: Hashable, Sendable {
  package let term: Prose
  package let meaning: Prose

  package init(_ term: Prose, _ meaning: Prose) {
    self.term = term
    self.meaning = meaning
  }
}

/// Collects the blocks of a section; a string literal is a paragraph.
@resultBuilder package enum BlockBuilder {
  package static func buildExpression(_ block: Block) -> [Block] { [block] }
  package static func buildExpression(_ blocks: [Block]) -> [Block] { blocks }
  package static func buildExpression(_ prose: Prose) -> [Block] { [.paragraph(prose)] }
  package static func buildExpression(_ table: Table) -> [Block] { [.table(table)] }
  package static func buildBlock(_ parts: [Block]...) -> [Block] { parts.flatMap { $0 } }
  package static func buildOptional(_ part: [Block]?) -> [Block] { part ?? [] }
  package static func buildEither(first: [Block]) -> [Block] { first }
  package static func buildEither(second: [Block]) -> [Block] { second }
  package static func buildArray(_ parts: [[Block]]) -> [Block] { parts.flatMap { $0 } }
}
