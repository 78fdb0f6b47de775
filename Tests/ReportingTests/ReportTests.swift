import Comparison
import Experiments
import Foundation
import Reporting
import SampleReport
import Testing

@Suite struct ReportTests {
  static let command = "assay report dpvae --tier nightly --store 'my store.sqlite'"
  /// The sample is made once: a grid of pictures takes a second in a debug build.
  private static let sample = Result { try SampleFindings().findings() }
  private static let written = Result { try report([sample.get()], command: command) }

  let findings: Findings
  let files: [String: String]

  init() throws {
    findings = try Self.sample.get()
    files = Dictionary(
      uniqueKeysWithValues: try Self.written.get().map { ($0.path, String(decoding: $0.content, as: UTF8.self)) })
  }

  private func page() throws -> ParsedMarkup { try ParsedMarkup(#require(files["dpvae.html"])) }

  @Test func `a report has an index and a page for each paper, in HTML and Markdown`() {
    let pages = files.keys.filter { !$0.hasPrefix("figures/") }
    #expect(Set(pages) == ["index.html", "index.md", "dpvae.html", "dpvae.md"])
  }

  @Test func `every page is well-formed, and so is every drawing`() throws {
    for (path, text) in files where path.hasSuffix(".html") || path.hasSuffix(".svg") {
      #expect(throws: Never.self, "\(path)") { try ParsedMarkup(text) }
    }
  }

  @Test func `the same findings give the same bytes`() throws {
    let again = try report([SampleFindings().findings()], command: Self.command)
    #expect(try report([findings], command: Self.command) == again)
  }

  @Test func `verdicts come first and every section of the catalog is there`() throws {
    let titles = try page().all("h2").map(\.text)
    #expect(titles == SectionCatalog.all.map { $0.title } + ["How to make this page again"])
    #expect(titles.first == "Verdicts")
  }

  @Test func `every claim has its outcome in words, and the test's assumption is stated`() throws {
    let text = try page().all("main").map(\.text).joined()
    for verdict in findings.verdicts { #expect(text.contains(verdict.claim.statement)) }
    #expect(Set(findings.verdicts.map(\.outcome)) == [.supported, .inconclusive, .notRun])
    for word in ["supported", "inconclusive", "not run", "normal distribution", "sign-flip"] {
      #expect(text.contains(word))
    }
  }

  @Test func `the index tells decided claims first`() throws {
    let claims = try #require(files["index.md"]).split(separator: "\n").filter { $0.hasPrefix("- <strong>") }
    let isUndecided = claims.map { $0.contains("inconclusive</strong>") }
    #expect(isUndecided.contains(true) && isUndecided.first == false)
    #expect(isUndecided == isUndecided.filter { !$0 } + isUndecided.filter { $0 })
  }

  @Test(arguments: ["dpvae.html", "dpvae.md"])
  func `failed, diverged and missing cells are named with their reasons`(path: String) throws {
    let text = try #require(files[path])
    let reasons = [
      "diverged", "the loss was not a number at iteration 412", "the worker was killed by signal 9",
      "the covariance of the generated features is not finite", "seed 3 (diverged)", "dpvae/svhn/vae",
      "not implemented", "trains 5,000 of 100,000 iterations",
    ]
    for reason in reasons { #expect(text.contains(reason), "no word of '\(reason)'") }
  }

  @Test(arguments: ["dpvae.html", "dpvae.md"])
  func `data that are not as published are named among the departures`(path: String) throws {
    let text = try #require(files[path])
    let departures = try #require(text.range(of: "Data that are not as published"))
    #expect(text[departures.upperBound...].contains("mnist: 20,000 of the 60,000 training images are there"))
  }

  @Test func `the tier is stamped on the page and on every table`() throws {
    let page = try page()
    #expect(page.elements.contains { $0.attributes["class"] == "tier" && $0.text == "Tier: nightly" })
    #expect(page.all("caption").count > 5)
    #expect(page.all("caption").allSatisfy { $0.text.hasSuffix("nightly tier") })
  }

  @Test func `every picture has words that stand for it`() throws {
    let page = try page()
    #expect(page.all("img").count == 8 && page.all("svg").count == 12)
    #expect(page.all("img").allSatisfy { $0.attributes["alt"]?.isEmpty == false })
    #expect(page.all("desc").count == page.all("svg").count && page.all("desc").allSatisfy { !$0.text.isEmpty })
    let ids = page.elements.compactMap { $0.attributes["id"] }
    #expect(Set(ids).count == ids.count)
  }

  @Test func `each picture that Markdown points at is a file, and each file is pointed at`() throws {
    let text = try #require(files["dpvae.md"])
    let targets = text.split(separator: "src=\"").dropFirst().compactMap {
      $0.split(separator: "\"").first.map(String.init)
    }
    #expect(Set(targets) == Set(files.keys.filter { $0.hasPrefix("figures/") }))
    #expect(targets.count == 20)
  }

  @Test func `the index leads to each paper's page in its own form and counts its outcomes`() throws {
    let index = try ParsedMarkup(#require(files["index.html"]))
    #expect(index.all("a").contains { $0.attributes["href"] == "dpvae.html" && $0.text == findings.paper.title })
    #expect(try #require(files["index.md"]).contains("](dpvae.md)"))
    let counts = Verdict.Outcome.allCases.map { outcome in
      String(findings.verdicts.filter { $0.outcome == outcome }.count)
    }
    #expect(index.all("td").map(\.text) == ["nightly"] + counts + ["18 of 20"])
  }

  @Test func `seeds that an estimate lacks are counted in its cell and named below the table`() throws {
    let page = try page()
    #expect(page.all("td").contains { $0.text.hasSuffix("(4 of 5)") })
    let notes = page.all("li").map(\.text)
    #expect(notes.contains("dpVAE: without seed 3 (diverged)."))
    #expect(notes.contains("VAE on fd/random-conv: without seed 2 (failed)."))
  }

  @Test func `the command that makes the page again is printed as typed`() throws {
    #expect(try page().all("pre").map(\.text.trimmingSpaces) == [Self.command])
  }

  @Test func `a version that is no commit's alone is explained, and a commit's is not`() throws {
    let words = "with files unlike those of the commit"
    #expect(try #require(files["dpvae.md"]).contains("`5fcf6ec`"))
    #expect(try !#require(files["dpvae.md"]).contains(words))
    let records = findings.records.prefix(1).map { record -> RunRecord in
      var run = record.run
      run.provenance?.code += "+"
      return RunRecord(run: run, scores: record.scores, curves: [], artefacts: [])
    }
    let changed = compare(paper: try SampleFindings().paper, records: records, tier: .nightly)
    let page = try #require(try report([changed], command: Self.command).first { $0.path == "dpvae.md" })
    #expect(String(decoding: page.content, as: UTF8.self).contains("`5fcf6ec+`: \(words)"))
  }

  @Test func `below the paper's tier nothing is set against a published number`() throws {
    let rows = try page().all("tr").filter { $0.text.contains("not comparable") }
    #expect(rows.count == 4 && rows.allSatisfy { $0.attributes["class"] == "faint" })
  }

  @Test func `at the paper's tier obtained, published and difference stand side by side`() throws {
    let full = try SampleFindings().findings(tier: .paper)
    let records = PlainCSV.records(of: try table("dpvae/table-1", of: [full], as: .csv))
    let heading = try #require(records.first)
    let line = try #require(records.first { $0.prefix(4) == ["mnist", "vae", "paper", "sKL"] })
    let row = Dictionary(uniqueKeysWithValues: zip(heading, line))
    func number(_ column: String) throws -> Double { try #require(row[column].flatMap(Double.init)) }
    #expect(try number("obtained") > 1)
    // Two roundings of numbers near one.
    #expect(try abs(number("obtained") - number("published") - number("difference")) < 1e-12)
    #expect(row["obtained n"] == "5" && row["status"] == "compared" && row["reason"] == "")
  }

  @Test func `a page of an empty store says so in each section`() throws {
    let empty = compare(paper: try SampleFindings().paper, records: [], tier: .paper)
    for section in SectionCatalog.all { #expect(try !section.body(empty).isEmpty, "\(section.title)") }
    #expect(throws: Never.self) { try ParsedMarkup(HTML.render(try document(of: empty, command: "assay report"))) }
  }

  @Test func `a paper at two tiers has a page for each`() throws {
    let both = [findings, try SampleFindings().findings(tier: .smoke)]
    let paths = try report(both, command: "assay report").map(\.path)
    #expect(paths.contains("dpvae-nightly.html") && paths.contains("dpvae-smoke.html"))
    #expect(Set(paths).count == paths.count)
  }

  @Test func `every table is found by its id in every form`() throws {
    #expect(tableIDs([findings]) == ["dpvae/table-1", "dpvae/scores", "dpvae/verdicts"])
    for id in tableIDs([findings]) {
      for format in TableFormat.allCases { #expect(try table(id, of: [findings], as: format).count > 200) }
    }
    let rows = PlainCSV.records(of: try table("dpvae/table-1", of: [findings], as: .csv))
    #expect(rows.count == 1 + findings.paper.published.count)
    #expect(Set(rows.map(\.count)).count == 1)
  }

  @Test func `a table that is not there is refused with the names of those that are`() {
    let error = #expect(throws: ReportingError.self) { try table("dpvae/table-9", of: [findings], as: .csv) }
    #expect(
      error?.description
        == "There is no table 'dpvae/table-9'; there are: dpvae/table-1, dpvae/scores, dpvae/verdicts.")
  }

  @Test func `a study of 300 runs fits a page that names every run and has each picture once`() throws {
    let study = try LargeStudy(images: 1).findings()
    let files = try report([study], command: Self.command)
    let content = try #require(files.first { $0.path == "dpvae.html" }?.content)
    #expect(content.count < 15_000_000)
    let page = try ParsedMarkup(String(decoding: content, as: UTF8.self))
    #expect(study.records.count == 300)
    #expect(Set(study.records.map(\.run.id)).isSubset(of: page.all("code").map(\.text)))
    #expect(page.all("img").count == 12 * 5 * 4)
    #expect(files.filter { $0.path.hasSuffix(".png") }.count == 12 * 5 * 4)
  }

  /// Writes the sample for a person to look at; skipped unless `ASSAY_SAMPLE_REPORT` names a folder. With
  /// `ASSAY_SAMPLE_SIZE=large` it is a study of 300 runs.
  @Test(.enabled(if: ProcessInfo.processInfo.environment["ASSAY_SAMPLE_REPORT"] != nil))
  func `the sample can be looked at`() throws {
    let folder = URL(filePath: try #require(ProcessInfo.processInfo.environment["ASSAY_SAMPLE_REPORT"]))
    let isLarge = ProcessInfo.processInfo.environment["ASSAY_SAMPLE_SIZE"] == "large"
    let shown = isLarge ? try LargeStudy().findings() : findings
    for file in try report([shown], command: Self.command) {
      let url = folder.appending(path: file.path)
      try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
      try file.content.write(to: url)
    }
  }
}
