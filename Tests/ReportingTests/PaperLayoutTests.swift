import Comparison
import Experiments
import Reporting
import Testing

/// A paper's tables as the paper has them, with our numbers in them.
@Suite struct PaperLayoutTests {
  @Test func `datasets stand across with their columns, methods down, each in the order of the published cells`() throws
  {
    let rows = try LayoutSample().markdown()
    #expect(rows[0] == ["method", "SVHN<br>FID", "SVHN<br>sKL", "MNIST<br>FID", "MNIST<br>sKL"])
    #expect(rows.dropFirst(2).map { $0[0] } == ["Gamma<br>published", "α-VAE<br>published", "Beta<br>published"])
    #expect(rows[2][1...].map { $0.split(separator: "<br>").last.map(String.init) } == ["1", "2", "3", "4"])
  }

  @Test func `where every dataset has one and the same column, the datasets are the columns`() throws {
    let sample = LayoutSample(columns: ["FID"])
    let text = try table("p/table-1", of: [sample.findings()], as: .markdown)
    #expect(try sample.markdown()[0] == ["method", "SVHN", "MNIST"])
    #expect(text.hasPrefix("**Table 1 of P: FID**"))
  }

  @Test func `methods that one printed row holds stand in it`() throws {
    let sample = LayoutSample(
      methodOnSVHN: "alpha-0.01",
      layouts: [
        TableLayout(table: "Table 1", rows: ["alpha-0.01": "alpha"])
      ])
    let rows = try sample.markdown()
    #expect(rows.dropFirst(2).map { $0[0] } == ["Gamma<br>published", "α-VAE<br>published", "Beta<br>published"])
    let row = try #require(rows.first { $0[0].hasPrefix("α-VAE") })
    #expect(row.dropFirst().allSatisfy { !$0.isEmpty })
  }

  @Test func `bold is the significantly best of a column, and nothing where seeds are few or the lead is none`() throws
  {
    let clear = LayoutSample(values: ["gamma": [3, 3.1, 3.2], "alpha": [1, 1.2, 1.1], "beta": [2, 2.1, 2.3]])
    #expect(try clear.bold() == ["<strong>1.10 ± 0.10 (3)</strong>"])
    let few = LayoutSample(values: ["gamma": [3, 3.1], "alpha": [1, 1.2], "beta": [2, 2.1]])
    #expect(try few.bold().isEmpty)
    let tie = LayoutSample(values: ["gamma": [1, 1.2, 1.1], "alpha": [1, 1.2, 1.1], "beta": [2, 2.1, 2.3]])
    #expect(try tie.bold().isEmpty)
  }

  @Test func `each reading has its own rows and its own best`() throws {
    let values = ["gamma": [3, 3.1, 3.2], "alpha": [1, 1.2, 1.1], "beta": [2, 2.1, 2.3]]
    let sample = LayoutSample(values: values, readings: [.paper, .code])
    #expect(try sample.bold().count == 2)
    let names = try sample.markdown().dropFirst(2).map { $0[0] }
    #expect(names.prefix(2) == ["Gamma<br>published", "Gamma (code)<br>published"])
    // A reading without runs has no rows.
    #expect(try LayoutSample(values: values, readings: [.paper]).markdown().count == 5)
  }

  @Test(arguments: [
    (RunStatus.failed, "failed"), (.diverged, "diverged"), (.timedOut, "timed out"), (.interrupted, "interrupted"),
    (.running, "running"), (.pending, "not run"),
  ])
  func `a cell without a number says why in words, and the reason stands below`(status: RunStatus, word: String) throws
  {
    let sample = LayoutSample(values: ["alpha": [1]], status: status)
    let cell = try #require(try sample.markdown().first { $0[0].hasPrefix("α-VAE") }?[4])
    #expect(cell.hasPrefix(word))
    let text = try table("p/table-1", of: [sample.findings()], as: .markdown)
    #expect(text.contains("a worker's own words") == (status != .pending))
  }

  @Test func `what is not implemented, and what was run at another tier only, is named`() throws {
    let nothing = try LayoutSample(methods: []).markdown()
    #expect(nothing.dropFirst(2).allSatisfy { row in row.dropFirst().allSatisfy { $0.hasPrefix("not implemented ") } })
    let sample = LayoutSample(values: ["alpha": [1]])
    let elsewhere = compare(
      paper: sample.paper, records: [], runs: try sample.findings().records.map(\.run), tier: .smoke)
    let rows = try sample.markdown(elsewhere)
    #expect(try #require(rows.first { $0[0].hasPrefix("α-VAE") })[4].hasPrefix("other tier \\["))
    let text = try table("p/table-1", of: [elsewhere], as: .markdown)
    #expect(text.contains("run at tier nightly, not at tier smoke"))
    #expect(try #require(rows.first { $0[0].hasPrefix("Beta") })[4].hasPrefix("not run"))
  }

  @Test func `below the paper's tier published numbers are greyed with the one reason, at it nothing is`() throws {
    let sample = LayoutSample(values: ["alpha": [1, 2, 3]])
    let page = try ParsedMarkup(try table("p/table-1", of: [sample.findings()], as: .html))
    #expect(page.elements.contains { $0.attributes["class"] == "below faint" && $0.text == " 8" })
    #expect(
      page.all("li").contains { $0.text.contains("not like with like: tier nightly is not the paper's protocol") })
    let full = try ParsedMarkup(
      try table("p/table-1", of: [LayoutSample(values: ["alpha": [1]], tier: .paper).findings()], as: .html))
    #expect(full.elements.contains { $0.attributes["class"] == "below" && $0.text == " 8" })
    #expect(!full.all("li").contains { $0.text.contains("like with like") })
  }

  @Test(arguments: Hostile.texts)
  func `whatever names and reasons hold, every form keeps its cells`(text: String) throws {
    let findings = try LayoutSample(values: ["alpha": [1]], status: .failed, words: text).findings()
    let markdown = try table("p/table-1", of: [findings], as: .markdown).split(separator: "\n").filter {
      $0.hasPrefix("|")
    }
    #expect(Set(markdown.map { PlainMarkdown.cells(of: String($0)).count }) == [5])
    let harmless = try LayoutSample(values: ["alpha": [1]], status: .failed, words: "w").findings()
    func elements(_ findings: Findings) throws -> [String] {
      try ParsedMarkup(table("p/table-1", of: [findings], as: .html)).elements.map(\.name)
    }
    #expect(try elements(findings) == elements(harmless))
    let csv = PlainCSV.records(of: try table("p/table-1", of: [findings], as: .csv))
    #expect(Set(csv.map(\.count)).count == 1)
    let starts = csv.dropFirst().flatMap { $0 }.filter { Double($0) == nil }.compactMap(\.first)
    #expect(starts.allSatisfy { !["=", "+", "-", "@"].contains($0) })
    let rows = try table("p/table-1", of: [findings], as: .latex).split(separator: "\n").filter {
      $0.hasSuffix(" \\\\")
    }
    #expect(rows.dropFirst().allSatisfy { PlainLaTeX.bare("&", in: String($0)) == 4 })
  }
}
