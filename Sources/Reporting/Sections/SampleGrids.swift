import Comparison
import Experiments

/// Images side by side that no figure of the paper shows: what each method generates and reconstructs from the same noise.
struct SampleGrids: Section {
  let title = "Images"

  func body(_ findings: Findings) throws -> [Block] {
    let datasets = try findings.datasets.map { (dataset: $0, rows: try self.rows($0, findings)) }
    let shown = datasets.filter { !$0.rows.isEmpty }
    if shown.isEmpty {
      "No finished run has left images that the paper's figures do not show."
    } else {
      "The first finished seed of each method. The same noise lies behind the same place of every method's picture; under each row of test images stand their reconstructions."
      for part in shown {
        for row in part.rows {
          Block.heading("\(row.title) on \(findings.heading(of: part.dataset))", level: 3)
          Block.figures(row.figures)
        }
      }
      if findings.records.contains(where: \.run.isExternal) {
        ExternalRuns.pictures
      }
    }
  }

  private func rows(_ dataset: String, _ findings: Findings) throws -> [(title: String, figures: [Figure])] {
    try findings.artefactNames(on: dataset).compactMap { name in
      let experiments = findings.begun(on: dataset).filter { !findings.isInFigure(name, of: $0.id) }
      let figures = try experiments.compactMap { try Figure(grid: name, of: $0, in: findings) }
      let title = name.replacing("-", with: " ")
      return figures.isEmpty ? nil : (title.prefix(1).uppercased() + title.dropFirst(), figures)
    }
  }
}
