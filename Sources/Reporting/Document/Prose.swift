/// A line of text made of spans; what marks a span up is the renderers' business.
package struct Prose: Hashable, Sendable {
  package private(set) var spans: [Span]

  package enum Span: Hashable, Sendable {
    case text(String)
    case strong(String)
    case code(String)
    case link(String, to: String)
    /// A link to another page of the report, by its name without the ending.
    case page(String, name: String)
    /// A word in a frame, told apart by its text and, where there is colour, by its tone too.
    case badge(String, Tone)
  }

  package init(_ spans: [Span]) { self.spans = spans }
  package init(_ text: String) { spans = [.text(text)] }

  /// The words alone.
  package var plain: String { spans.map(\.plain).joined() }
  package var isEmpty: Bool { plain.isEmpty }

  package static func + (a: Prose, b: Prose) -> Prose { Prose(a.spans + b.spans) }
}

/// What a word or a row stands for.
package enum Tone: String, Hashable, Sendable, CaseIterable {
  case plain, good, bad, doubtful, faint
}

extension Prose.Span {
  package var plain: String {
    switch self {
    case .text(let text), .strong(let text), .code(let text), .link(let text, _), .page(let text, _),
      .badge(let text, _):
      text
    }
  }
}

/// Prose is written as a string literal; what is interpolated stays text unless its label says otherwise:
/// `"Run \(code: run.id) of \(paper.title)."`
extension Prose: ExpressibleByStringInterpolation {
  package init(stringLiteral value: String) { self.init(value) }
  package init(stringInterpolation: Interpolation) { spans = stringInterpolation.spans }

  package struct Interpolation: StringInterpolationProtocol {
    fileprivate var spans: [Span] = []

    package init(literalCapacity: Int, interpolationCount: Int) {}

    package mutating func appendLiteral(_ literal: String) {
      if !literal.isEmpty { spans.append(.text(literal)) }
    }
    package mutating func appendInterpolation(_ text: String) { spans.append(.text(text)) }
    package mutating func appendInterpolation(_ number: Int) { spans.append(.text(String(number))) }
    package mutating func appendInterpolation(_ prose: Prose) { spans += prose.spans }
    package mutating func appendInterpolation(strong text: String) { spans.append(.strong(text)) }
    package mutating func appendInterpolation(code text: String) { spans.append(.code(text)) }
    package mutating func appendInterpolation(link text: String, to target: String) {
      spans.append(.link(text, to: target))
    }
    package mutating func appendInterpolation(_ text: String, page name: String) {
      spans.append(.page(text, name: name))
    }
    package mutating func appendInterpolation(badge text: String, _ tone: Tone) { spans.append(.badge(text, tone)) }
  }
}
