/// A tree of elements, written as XML that is HTML too; the one place where HTML and SVG are escaped.
package indirect enum Markup: Hashable, Sendable {
  case element(String, [Attribute], [Markup])
  case text(String)
  /// A style sheet or script of ours, which a parser of XML and one of HTML read as it stands.
  case verbatim(String)

  package struct Attribute: Hashable, Sendable {
    package let name: String
    package let value: String
  }

  /// An element; attributes come in the order given, those that are `nil` are left out.
  package static func tag(
    _ name: String, _ attributes: KeyValuePairs<String, String?> = [:], _ children: [Markup] = []
  ) -> Markup {
    .element(name, attributes.compactMap { key, value in value.map { Attribute(name: key, value: $0) } }, children)
  }

  /// An element around text.
  package static func tag(
    _ name: String, _ attributes: KeyValuePairs<String, String?> = [:], text: String
  ) -> Markup {
    tag(name, attributes, [.text(text)])
  }

  package var written: String {
    var text = ""
    write(to: &text)
    return text
  }

  private func write(to text: inout String) {
    switch self {
    case .text(let content): text += Markup.escaped(content)
    case .verbatim(let content): text += content
    case .element(let name, let attributes, let children):
      text += "<" + name
      for attribute in attributes {
        text += " \(attribute.name)=\"\(Markup.escaped(attribute.value, inAttribute: true))\""
      }
      if children.isEmpty, Markup.childless.contains(name) {
        text += "/>"
      } else {
        text += ">"
        for child in children { child.write(to: &text) }
        text += "</\(name)>"
      }
      if Markup.onOwnLine.contains(name) { text += "\n" }
    }
  }

  /// Text that XML and HTML read as itself, within quotes too; characters that XML forbids become `�`. XML would read the
  /// line breaks and tabs of an attribute as spaces.
  package static func escaped(_ text: String, inAttribute: Bool = false) -> String {
    guard text.utf8.contains(where: mayNeedEscape) else { return text }
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "'": result += "&#39;"
      case "\r": result += "&#13;"
      case "\t", "\n": result += inAttribute ? "&#\(scalar.value);" : String(scalar)
      case "\u{0}"..<" ", "\u{7F}"..<"\u{A0}", "\u{FFFE}", "\u{FFFF}": result += "\u{FFFD}"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  /// Whether an escaped character may begin with this byte: most texts and all pictures are passed on as they are.
  private static func mayNeedEscape(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x22, 0x26, 0x27, 0x3C, 0x3E, 0x7F, 0xC2, 0xEF: true  // " & ' < > DEL, U+0080… and U+F000…
    default: byte < 0x20
    }
  }

  private static let childless: Set = ["br", "circle", "hr", "img", "line", "meta", "path", "rect"]

  private static let onOwnLine: Set = [
    "article", "aside", "body", "circle", "dd", "details", "div", "dl", "dt", "figcaption", "figure", "footer", "g",
    "h1", "h2", "h3",
    "h4", "head", "header", "html", "li", "line", "main", "meta", "nav", "ol", "p", "path", "pre", "rect", "script",
    "section", "style", "summary", "svg", "table", "tbody", "testcase", "testsuite", "tfoot", "thead", "title", "tr",
    "ul", "caption", "desc",
  ]
}
