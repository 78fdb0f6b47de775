import Foundation
import Reporting
import Testing

@Suite struct HTMLTests {
  @Test func `a small document is this page`() throws {
    let page = try ParsedMarkup(HTML.render(Samples.document))
    #expect(page.all("h1").map(\.text) == ["A title"])
    #expect(page.all("h2").map(\.text) == ["First", "Second"])
    #expect(page.all("h2").map { $0.attributes["id"] } == ["first", "second"])
    #expect(page.all("th").map(\.text) == ["name", "score", "mean", "remark", "one", "two"])
    #expect(
      page.all("td").map(\.text)
        == ["−1.5", "1.50 ± 0.25 (3)", "fine", "diverged", "1.000 (1 of 2)", ""])
    #expect(page.all("pre").map(\.text.trimmingSpaces) == ["assay report 'a b'"])
    #expect(page.all("summary").map(\.text) == ["more"])
  }

  @Test func `a group's heading spans its columns, and what is below in a cell stands apart`() throws {
    let page = try ParsedMarkup(HTML.render(Document(title: "t", blocks: [.table(Samples.grouped)])))
    let group = try #require(page.all("th").first { $0.attributes["scope"] == "colgroup" })
    #expect(group.text == "MNIST" && group.attributes["colspan"] == "2")
    #expect(page.all("td").map(\.text) == ["", "1.50 ± 0.25 (3) 1.25", "failed [1] blank"])
    #expect(page.all("td").map { $0.attributes["data-value"] } == [nil, "1.5", nil])
    #expect(page.all("strong").map(\.text) == ["1.50 ± 0.25 (3)"])
    let below = page.elements.filter { $0.attributes["class"]?.hasPrefix("below") == true }
    #expect(below.map { $0.attributes["class"] } == ["below", "below faint", "below"])
  }

  @Test(arguments: Hostile.texts)
  func `whatever the text is, it is read back as itself and adds no element`(text: String) throws {
    let plain = try ParsedMarkup(HTML.render(Samples.document(around: "harmless")))
    let page = try ParsedMarkup(HTML.render(Samples.document(around: text)))
    #expect(page.elements.map(\.name) == plain.elements.map(\.name))
    for (element, harmless) in zip(page.elements, plain.elements) where harmless.text == "harmless" {
      #expect(element.text == text, "in \(element.name)")
    }
    #expect(plain.elements.filter { $0.text == "harmless" }.count > 20)
    #expect(page.all("img").allSatisfy { $0.attributes["alt"] == text })
  }

  @Test func `characters that XML forbids do not break the page`() throws {
    let page = try ParsedMarkup(HTML.render(Samples.document(around: "a\u{0}b\u{8}c\u{B}d\u{1B}e")))
    #expect(page.all("h1").first?.text == "a\u{FFFD}b\u{FFFD}c\u{FFFD}d\u{FFFD}e")
  }

  @Test(arguments: [
    "javascript:alert(1)", " javascript:alert(1)", "data:text/html,x", "JAVASCRIPT:x", "java\nscript:x", "",
  ])
  func `a link to anything but a page or a place is text`(target: String) throws {
    let document = Document(title: "t", blocks: [.paragraph("\(link: "here", to: target)")])
    let page = try ParsedMarkup(HTML.render(document))
    #expect(page.all("a").map(\.text) == ["Skip to the content"])
    #expect(page.all("p").contains { $0.text == "here" })
    #expect(!Markdown.render(document).contains("]("))
  }

  @Test func `every id is there once, and every link to a place leads to one`() throws {
    let page = try ParsedMarkup(HTML.render(Samples.twins))
    let ids = page.elements.compactMap { $0.attributes["id"] }
    #expect(Set(ids).count == ids.count)
    let targets = page.all("a").compactMap { $0.attributes["href"] }.filter { $0.hasPrefix("#") }
    #expect(targets.allSatisfy { ids.contains(String($0.dropFirst())) })
    #expect(targets.count == 4)
  }

  @Test func `style and script hold nothing that a parser would read as markup`() throws {
    let page = try ParsedMarkup(HTML.render(Samples.document))
    let verbatim = (page.all("style") + page.all("script")).map(\.text)
    #expect(verbatim.count == 2)
    #expect(verbatim.allSatisfy { !$0.isEmpty && !$0.contains("<") && !$0.contains("&") })
  }

  @Test func `nothing is fetched from elsewhere`() {
    let text = HTML.render(Samples.document)
    for word in ["src=\"http", "url(", "@import", "<link"] { #expect(!text.contains(word)) }
  }

  @Test func `a table says its caption, its headings' scope and its tier`() throws {
    let page = try ParsedMarkup(HTML.render(Samples.document))
    #expect(page.all("caption").map(\.text) == ["Numbers nightly tier"])
    #expect(page.all("th").map { $0.attributes["scope"] } == ["col", "col", "col", "col", "row", "row"])
    let region = try #require(page.elements.first { $0.attributes["class"] == "scroll" })
    #expect(region.attributes["tabindex"] == "0" && region.attributes["aria-label"] == "Numbers")
  }

  @Test func `numbers sort by their value, not by how they are shown`() throws {
    let page = try ParsedMarkup(HTML.render(Samples.document))
    #expect(page.all("td").map { $0.attributes["data-value"] } == ["-1.5", "1.5", nil, nil, "1.0", nil])
  }
}
