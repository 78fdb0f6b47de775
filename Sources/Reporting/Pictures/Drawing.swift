/// A picture of lines and text, written as SVG that reads in light and dark.
package struct Drawing: Hashable, Sendable {
  package let width: Int
  package let height: Int
  package let title: String
  /// What the picture shows, in a sentence or two.
  package let summary: String
  let elements: [Markup]

  init(width: Int, height: Int, title: String, summary: String, elements: [Markup]) {
    self.width = width
    self.height = height
    self.title = title
    self.summary = summary
    self.elements = elements
  }

  /// The drawing within a page that brings its colours; `name` makes its ids unique there.
  func inline(name: String) -> Markup {
    svg(name: name, [:], elements)
  }

  /// A file of its own, with its colours in it and a ground to stand on.
  package func file(name: String) -> String {
    let ground = Markup.tag("rect", ["class": "ground", "width": "\(width)", "height": "\(height)"])
    let style = Markup.tag("style", [:], [.verbatim("\n" + Palette.variables(scope: "svg") + Drawing.style)])
    return svg(name: name, ["xmlns": "http://www.w3.org/2000/svg"], [style, ground] + elements).written
  }

  /// The ids of the words of a drawing that has this name on a page.
  static func titlePlace(_ name: String) -> String { name + "-title" }
  static func summaryPlace(_ name: String) -> String { name + "-desc" }

  private func svg(name: String, _ further: KeyValuePairs<String, String?>, _ children: [Markup]) -> Markup {
    let own: KeyValuePairs<String, String?> = [
      "class": "drawing", "viewBox": "0 0 \(width) \(height)", "width": "\(width)", "height": "\(height)",
      "role": "img", "aria-labelledby": "\(Drawing.titlePlace(name)) \(Drawing.summaryPlace(name))",
    ]
    let words: [Markup] = [
      .tag("title", ["id": Drawing.titlePlace(name)], text: title),
      .tag("desc", ["id": Drawing.summaryPlace(name)], text: summary),
    ]
    let attributes = (Array(further) + Array(own)).compactMap { pair in
      pair.value.map { Markup.Attribute(name: pair.key, value: $0) }
    }
    return .element("svg", attributes, words + children)
  }
}
