import Comparison
import Experiments
import SampleReport
import Testing

@testable import Reporting

@Suite struct PaperFigureTests {
  private func blocks(_ findings: Findings) throws -> [Block] { try PaperFigures().body(findings) }

  private func page(_ findings: Findings) throws -> ParsedMarkup {
    try ParsedMarkup(HTML.render(Document(title: "t", blocks: blocks(findings))))
  }

  /// The tables in folded blocks, by caption.
  private func tables(_ blocks: [Block]) -> [String: Table] {
    let folded = blocks.flatMap { block -> [Block] in
      if case .details(_, let inner) = block { inner } else { [] }
    }
    return Dictionary(
      folded.compactMap { block in
        if case .table(let table) = block { (table.caption, table) } else { nil }
      }
    ) { first, _ in first }
  }

  private func figures(_ blocks: [Block]) -> [Figure] { Document(title: "t", blocks: blocks).figures }

  /// A text, or a number with all its digits.
  private func words(_ cell: Cell) -> String {
    switch cell {
    case .text(let words): words.plain
    case .number(let value, _): "\(value)"
    default: ""
    }
  }

  private func words(_ blocks: [Block]) -> String { Markdown.render(Document(title: "t", blocks: blocks)) }

  @Test func `every kind is tried by a figure, and kinds are listed by name`() {
    let names = FigureKindCatalog.all.map(\.name)
    #expect(names == names.sorted() && Set(names).count == names.count)
    #expect(Set(FigureSamples.figures.map(\.kind)) == Set(names))
  }

  @Test func `every figure is there with its source, its title and how it departs`() throws {
    let findings = try FigureSamples.findings()
    let page = try page(findings)
    #expect(page.all("h3").map(\.text) == findings.paper.figures.map { "\($0.source): \($0.title)" })
    for figure in findings.paper.figures { #expect(page.all("p").contains { $0.text == figure.note }) }
    #expect(!words(try blocks(findings)).contains("Not run"))
  }

  @Test func `names of pictures are each given once`() throws {
    let names = figures(try blocks(FigureSamples.findings())).map(\.name)
    #expect(Set(names).count == names.count && names.count == 3 + 1 + 3 + 1 + 3 + 1)
  }

  @Test func `a chart's table has the means and deviations of what runs left`() throws {
    let table = try #require(tables(try blocks(FigureSamples.findings()))["Leakage on toy"])
    #expect(table.columns.map(\.heading).dropFirst() == ["VAE", "dpVAE", "Other"])
    // Seeds 0, 1 and 2 leave t, t + 1 and t + 2, a method further on 10 more: the mean is t + 1 + 10 k, the deviation 1.
    #expect(table.rows.count == 3)
    for (row, place) in zip(table.rows, [-90.0, -10, -1]) {
      let shown = row.cells.dropFirst().map { cell -> String in
        if case .number(_, let shown) = cell { shown } else { "" }
      }
      #expect(shown == (0..<3).map { Numerals.spread(place + 1 + 10 * Double($0), 1) })
    }
  }

  @Test func `a long curve's table keeps both ends, and says that it is thinned`() throws {
    let table = try #require(tables(try blocks(FigureSamples.findings()))["VAE on toy: singular value / √n"])
    #expect(table.rows.count == ChartTable.longest)
    #expect(table.rows.first?.cells.first.map(words) == "1" && table.rows.last?.cells.first.map(words) == "60")
    #expect(table.notes.contains { $0.plain.contains("25 of the 60 points that are drawn") })
  }

  @Test func `dots of ids that differ in their arguments share a chart, and its table has the scores`() throws {
    let findings = try FigureSamples.findings()
    let table = try #require(tables(try blocks(findings))["mmd/imq on toy"])
    #expect(table.rows.count == 6)
    for experiment in findings.paper.experiments {
      for space in ["u", "z"] {
        let mean = try #require(
          findings.estimate(of: experiment.id, metric: MetricID("mmd/imq", ["space": space])).mean)
        #expect(
          table.rows.contains { row in
            guard case .number(let value, _) = row.cells[1] else { return false }
            return words(row.cells[0]) == "\(experiment.title), space = \(space)" && value == mean
          })
      }
    }
  }

  @Test func `a sweep places methods by the parameter, and others by the metric that stands for it`() throws {
    let table = try #require(tables(try blocks(FigureSamples.findings()))["Sweep on toy"])
    #expect(table.columns.map(\.heading) == ["β", "kl", "kl of Other"])
    let rows = table.rows.map { row in
      row.cells.map(words)
    }
    // Of methods 0, 1 and 2 the mean is 10 k + 2.
    #expect(rows == [["0.1", "2.0", ""], ["1", "", "22.0"], ["10", "12.0", ""]])
  }

  @Test func `a seed that is missing is one less behind the mean, and the chart says so`() throws {
    let findings = try FigureSamples.findings {
      $0.filter { !($0.run.experiment.method == "dpvae" && $0.run.seed > 0) }
    }
    let chart = try #require(figures(try blocks(findings)).first { $0.name == "figure-2-leakage-toy" })
    #expect(chart.caption.plain.contains("mean of 1 to 3 seeds"))
    guard case .drawing(let drawing) = chart.content else { return }
    let labels = try ParsedMarkup(drawing.file(name: "f")).all("text").map(\.text)
    #expect(labels.contains("dpVAE (1)") && labels.contains("VAE (3)"))
  }

  @Test func `what was not run is named with the command, and the rest is drawn`() throws {
    let figure = FigureSamples.figure("figure-2", "curves", ["leakage"], datasets: ["toy", "far"])
    let findings = try FigureSamples.findings(figures: [figure]) { $0.filter { $0.run.experiment.method != "dpvae" } }
    let text = words(try blocks(findings))
    #expect(text.contains("Not run at tier smoke: all on far; dpVAE on toy."))
    #expect(text.contains("assay run p/toy/dpvae p/far/{vae,dpvae,other} --tier smoke"))
    let table = try #require(tables(try blocks(findings))["Leakage on toy"])
    #expect(table.columns.map(\.heading).dropFirst() == ["VAE", "Other"])
  }

  @Test func `runs that did not finish, and those that left nothing for a figure, are told apart`() throws {
    let findings = try FigureSamples.findings { records in
      records.map { record in
        var run = record.run
        if run.experiment.method == "vae" { run.status = .diverged }
        let artefacts = run.experiment.method == "other" ? [] : record.artefacts
        return RunRecord(run: run, scores: record.scores, curves: record.curves, artefacts: artefacts)
      }
    }
    let text = words(try blocks(findings))
    #expect(text.contains("Without a finished run (diverged): VAE on toy."))
    #expect(!text.contains("Not finished") && !text.contains("Not run"))
    #expect(text.contains("assay run p/toy/vae --tier smoke --retry-failed"))
    #expect(text.contains("Finished, but without `samples`: Other on toy."))
    #expect(text.contains("assay run p/toy/other --tier smoke --force"))
  }

  @Test func `a figure without any run is there, and says so`() throws {
    let findings = try FigureSamples.findings { _ in [] }
    let page = try page(findings)
    #expect(page.all("h3").count == findings.paper.figures.count && page.all("svg").isEmpty && page.all("img").isEmpty)
    #expect(page.all("summary").filter { $0.text == "What to run for it" }.count == findings.paper.figures.count)
  }

  @Test func `what a figure draws is drawn nowhere else on the page`() throws {
    let findings = try FigureSamples.findings()
    #expect(figures(LeakageCurves().body(findings)).isEmpty)
    #expect(figures(PointClouds().body(findings)).isEmpty)
    #expect(try figures(SampleGrids().body(findings)).isEmpty)
    #expect(figures(Spectra().body(findings)).isEmpty)
    let bare = try FigureSamples.findings(figures: [FigureSamples.figure("figure-4", "dots", ["mmd/imq?space=u"])])
    #expect(figures(LeakageCurves().body(bare)).count == 1 && figures(PointClouds().body(bare)).count == 3)
    #expect(try figures(SampleGrids().body(bare)).count == 3)
  }

  @Test func `the same findings give the same figures`() throws {
    #expect(try blocks(FigureSamples.findings()) == blocks(FigureSamples.findings { $0.reversed() }))
  }

  @Test(arguments: Hostile.texts) func `names are text, whatever they are`(text: String) throws {
    let page = try page(FigureSamples.findings(titles: [text, "b", "c"]))
    #expect(page.all("text").contains { $0.text == text })
    #expect(page.all("th").contains { $0.text.trimmingSpaces == text.trimmingSpaces })
  }
}
