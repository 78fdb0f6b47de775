import Foundation
import FoundationXML

/// Elements of an XML text in document order, read by a parser that knows nothing of ours.
struct ParsedMarkup {
  struct Element {
    let name: String
    let attributes: [String: String]
    /// All text within, that of inner elements too.
    var text = ""
  }

  let elements: [Element]

  /// - Throws: the parser's error where the text is not well-formed.
  init(_ text: String) throws {
    let reader = Reader()
    let parser = XMLParser(data: Data(text.utf8))
    parser.delegate = reader
    guard parser.parse() else { throw parser.parserError ?? CocoaError(.fileReadCorruptFile) }
    elements = reader.elements
  }

  func all(_ name: String) -> [Element] { elements.filter { $0.name == name } }

  private final class Reader: NSObject, XMLParserDelegate {
    var elements: [Element] = []
    private var open: [Int] = []

    func parser(
      _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
      attributes: [String: String]
    ) {
      elements.append(Element(name: name, attributes: attributes))
      open.append(elements.count - 1)
    }

    func parser(_ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?) {
      open.removeLast()
    }

    func parser(_ parser: XMLParser, foundCharacters text: String) {
      for index in open { elements[index].text += text }
    }

    func parser(_ parser: XMLParser, foundCDATA data: Data) {
      self.parser(parser, foundCharacters: String(decoding: data, as: UTF8.self))
    }
  }
}

/// Texts that mean something to a format, or to whoever breaks one.
enum Hostile {
  static let texts = [
    "<script>alert(\"x\")</script>", "</td></table></style>", "a | b || c", "`code` and ``more``",
    "Tom & Jerry's \"cat\"", "\\begin{document} 50% of $x_1^2$ #1 ~ {braces}", "=cmd|'/c calc'!A1", "two\nlines",
    "[a](javascript:alert(1))", "*bold* _under_ ~~gone~~", "<!-- --> ]]> &lt; &#0;", "βσ ± − – — … ∞", "1. item",
    "# heading", "- item", "> quote", "", "[x]", "a,\"b\",\r\nc", "\\", "\\\\ \\| \\`", "| --- |", "<br>",
    "100 $ and 200 $", "emoji 🦊 and é",
  ]
}
