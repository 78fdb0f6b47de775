import Comparison
import Experiments

/// Images side by side: what each method generates and reconstructs from the same noise.
struct SampleGrids: Section {
  let title = "Images"

  func body(_ findings: Findings) throws -> [Block] {
    let datasets = try findings.datasets.map { (dataset: $0, rows: try self.rows($0, findings)) }
    let shown = datasets.filter { !$0.rows.isEmpty }
    if shown.isEmpty {
      "No finished run has left images."
    } else {
      "The first finished seed of each method. The same noise lies behind the same place of every method's picture; under each row of test images stand their reconstructions."
      for part in shown {
        for row in part.rows {
          Block.heading("\(row.title) on \(part.dataset)", level: 3)
          Block.figures(row.figures)
        }
      }
      if findings.records.contains(where: \.run.isExternal) {
        "\(ExternalRuns.mark) The first images of the files that an external run was measured on, whatever noise they were drawn from."
      }
    }
  }

  private func rows(_ dataset: String, _ findings: Findings) throws -> [(title: String, figures: [Figure])] {
    try findings.artefactNames(on: dataset).compactMap { name in
      let figures = try findings.begun(on: dataset).compactMap { try figure(name, of: $0, findings) }
      let title = name.replacing("-", with: " ")
      return figures.isEmpty ? nil : (title.prefix(1).uppercased() + title.dropFirst(), figures)
    }
  }

  private func figure(_ name: String, of experiment: Experiment, _ findings: Findings) throws -> Figure? {
    guard let (seed, content) = findings.artefact(name, of: experiment.id), case .grid(let grid) = content else {
      return nil
    }
    let raster = Raster(grid)
    let words = name.replacing("-", with: " ")
    return Figure(
      name: Anchors.slug("images \(experiment.id.withinPaper) \(name)"),
      alternative: "\(grid.count) images, \(words) of \(experiment.id), seed \(seed)",
      caption: "\(strong: experiment.title), \(findings.words(forSeed: seed, of: experiment.id))",
      content: .png(try PNG.encode(raster), width: shownWidth(raster.width)), about: Topic(experiment.id))
  }

  /// Small pictures are enlarged until two stand side by side.
  private func shownWidth(_ width: Int) -> Int { max(width, 424) }
}
