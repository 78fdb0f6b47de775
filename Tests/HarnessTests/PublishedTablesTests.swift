import Experiments
import Foundation
import Harness
import Testing

/// The published tables as they were typed in, against a second transcription that a program read out of the papers' texts
/// (`Fixtures/transcribe.py`, which knows headings and no numbers).
@Suite struct PublishedTablesTests {
  let catalog: PaperCatalog

  init() throws { catalog = try Baselines.catalog() }

  private struct Cell: Hashable {
    let paper: String
    let table: String
    let dataset: String
    let method: String
    let column: String
  }

  private struct Number: Equatable {
    let value: Double?
    let deviation: Double?
  }

  private static func transcription() throws -> [(cell: Cell, number: Number)] {
    let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures/transcription.csv")
    let rows = try String(contentsOf: file, encoding: .utf8).split(separator: "\n").dropFirst()
    return rows.map { row in
      let fields = row.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
      return (
        Cell(paper: fields[0], table: fields[1], dataset: fields[2], method: fields[3], column: fields[4]),
        Number(value: Double(fields[5]), deviation: Double(fields[6]))
      )
    }
  }

  private func typed() -> [(cell: Cell, number: Number)] {
    catalog.papers.flatMap(\.published).map { number in
      (
        Cell(
          paper: number.paper, table: number.table, dataset: number.dataset, method: number.method,
          column: number.column), Number(value: number.value, deviation: number.deviation)
      )
    }
  }

  @Test func `every cell of the second transcription was typed in alike, and no number beside them`() throws {
    let read = try Self.transcription()
    #expect(read.count == 144 + 60 + 110)
    let typed = Dictionary(uniqueKeysWithValues: typed().map { ($0.cell, $0.number) })
    for (cell, number) in read { #expect(typed[cell] == number, "\(cell)") }
    let known = Set(read.map(\.cell))
    for (cell, number) in typed where !known.contains(cell) {
      #expect(number == Number(value: nil, deviation: nil), "\(cell) has a number that the other transcription has not")
    }
  }

  @Test func `a number is shown with the digits that its paper prints`() throws {
    let text = try String(contentsOfFile: Baselines.folder + "/dpvae/table-1.csv", encoding: .utf8)
    #expect(text.contains(",FID(LP),") && text.contains(",165.0,"))
    let shown = catalog.papers.flatMap(\.published).filter { $0.paper == "dpvae" && $0.value == 165 }.map(\.shown)
    #expect(shown == ["165.0"])
    let twoStage = catalog.papers.flatMap(\.published).filter { $0.paper == "two-stage-vae" }.map(\.shown)
    #expect(twoStage.contains("9.8 ± 0.9") && twoStage.contains("63") && !twoStage.contains("63.0"))
    #expect(catalog.papers.flatMap(\.published).allSatisfy { ($0.value == nil) == $0.shown.isEmpty })
  }

  @Test func `a table's protocol is one of its metric, with all that its metric says`() throws {
    for cell in catalog.papers.flatMap(\.published) where !cell.protocol.isEmpty {
      let measured = try #require(MetricID(cell.protocol))
      #expect(measured.matches(try #require(cell.metric)), "\(cell.table) \(cell.method) \(cell.column)")
    }
  }

  @Test func `deviations are printed with Two-Stage VAE's Table 1 alone`() {
    for cell in catalog.papers.flatMap(\.published) {
      let hasDeviations = cell.paper == "two-stage-vae" && cell.table == "Table 1" && cell.method != "best-gan"
      #expect((cell.deviation != nil) == hasDeviations, "\(cell.table) \(cell.method)")
    }
  }

  // Counted in the printed tables: what the papers' claims rest on.
  @Test func `the second stage is best of the VAE rows on all four datasets, below 40 on the mean`() throws {
    let own = ["cross-entropy", "fixed-gamma", "learned-gamma", "flow", "wae-mmd"]
    let cells = try #require(catalog.papers.first { $0.name == "two-stage-vae" }).published
      .filter { $0.table == "Table 1" }
    var values: [Double] = []
    for dataset in ["mnist", "fashion-mnist", "cifar-10", "celeba"] {
      let row = cells.filter { $0.dataset == dataset }
      let best = try #require(row.first { $0.method == "two-stage-vae" }?.value)
      for other in row where own.contains(other.method) { #expect(try best < #require(other.value)) }
      values.append(best)
    }
    #expect(abs(values.reduce(0, +) / 4 - 39.8) < 1e-9)
  }

  @Test func `the two σ-VAE tables agree where they print the same run`() throws {
    let cells = try #require(catalog.papers.first { $0.name == "sigma-vae" }).published
      .filter { $0.dataset == "svhn" && $0.method == "beta-vae-0.01" }
    #expect(cells.map(\.value) == [-3186, 27.93, -3186, 27.93])
    #expect(cells.map(\.table) == ["Table 1", "Table 1", "Table 2", "Table 2"])
  }
}
