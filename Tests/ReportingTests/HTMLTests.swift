import Experiments
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
    // The skip link, three in the contents, and one beside each of three headings and two figures.
    #expect(targets.count == 9)
  }

  @Test func `style and script hold nothing at which a parser would end them`() throws {
    let page = try ParsedMarkup(HTML.render(Samples.document))
    let (styles, scripts) = (page.all("style").map(\.text), page.all("script").map(\.text))
    #expect(styles.count == 1 && scripts.count == 2)
    #expect(styles.allSatisfy { !$0.isEmpty && !$0.contains("<") && !$0.contains("&") })
    #expect(scripts.allSatisfy { $0.contains("\"use strict\";") && !$0.contains("</") && !$0.contains("]]>") })
  }

  @Test func `every heading, table and figure has a place, and beside it a link there`() throws {
    let document = Document(title: "t", blocks: Samples.document.blocks + Samples.twins.blocks)
    let page = try ParsedMarkup(HTML.render(document))
    let places = ["h2", "h3", "table", "figure"].flatMap(page.all).compactMap { $0.attributes["id"] }
    let links = page.all("a").filter { $0.attributes["class"] == "anchor" }.compactMap { $0.attributes["href"] }
    #expect(places.count == 8 && Set(places.map { "#" + $0 }) == Set(links) && links.count == places.count)
  }

  @Test func `a place is named by its id where it has one, and otherwise within its section`() throws {
    let document = Document(
      title: "t",
      blocks: [
        .heading("Part", level: 2), .heading("Same", level: 3), .heading("Other", level: 2), .heading("Same", level: 3),
        .heading("Named", level: 3, id: "claim-a"),
      ])
    let page = try ParsedMarkup(HTML.render(document))
    #expect(page.all("h3").map { $0.attributes["id"] } == ["part-same", "other-same", "claim-a"])
    #expect(Markdown.render(document).contains("<a id=\"claim-a\"></a>\n\n### Named"))
  }

  @Test func `an equal picture is there once, and the next one leads to it`() throws {
    let first = Samples.picture("first", "The first")
    let second = Figure(name: "second", alternative: "Again", caption: "The second", content: first.content)
    let document = Document(title: "t", blocks: [.figures([first]), .details("more", [.figures([second])])])
    let page = try ParsedMarkup(HTML.render(document))
    #expect(page.all("img").count == 1 && page.all("figure").count == 2)
    #expect(page.all("a").contains { $0.attributes["href"] == "#first" && $0.text == "The first" })
    let markdown = Markdown.render(document)
    #expect(markdown.ranges(of: "src=\"figures/first.png\"").count == 2 && !markdown.contains("second.png"))
  }

  @Test func `pictures that a page cannot hold are linked to, and no byte of them is in it`() throws {
    let size = 3_000_000
    let figures = (0..<3).map { index in
      Figure(
        name: "f\(index)", alternative: "a", caption: "c",
        content: .png(Data(repeating: UInt8(index), count: size), width: 9))
    }
    let text = HTML.render(Document(title: "t", blocks: [.figures(figures)]), pictures: "figures/t-")
    #expect(text.utf8.count < 15_000_000)
    #expect(text.ranges(of: "<img").count == 2 && text.contains("href=\"figures/t-f2.png\""))
  }

  @Test func `rows, columns and figures say what they are about`() throws {
    let (vae, twin) = (
      ExperimentID(paper: "p", dataset: "mnist", method: "vae"),
      ExperimentID(paper: "p", dataset: "mnist", method: "dpvae", reading: .code)
    )
    let figure = Figure(
      name: "f", alternative: "a", caption: "c", content: Samples.picture("f").content, about: Topic(vae, twin))
    let table = Table(
      caption: "t", tier: nil, columns: [Column("a", .name), Column("b", .text, about: Topic(methods: ["vae"]))],
      rows: [Row([.blank, .blank], about: Topic(vae, tier: .nightly)), Row([.blank, .blank])])
    let page = try ParsedMarkup(HTML.render(Document(title: "t", blocks: [.table(table), .figures([figure])])))
    let said = ["th", "tr", "figure"].flatMap(page.all).map { element in
      ["dataset", "method", "reading", "tier"].map { element.attributes["data-" + $0] ?? "-" }.joined(separator: "/")
    }
    let nothing = "-/-/-/-"
    #expect(
      said == [
        nothing, "-/vae/-/-", nothing, nothing, nothing, "mnist/vae/paper/nightly", nothing,
        "mnist/vae dpvae/paper code/-",
      ])
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
