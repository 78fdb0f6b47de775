package import Comparison
package import Experiments

/// Grids of images, a row of pictures for each artefact and in it one for each method.
package struct ImageFigure: FigureKind {
  package let name = "images"
  package let material = FigureMaterial.artefacts

  package func blocks(_ figure: PaperFigure, on dataset: String, _ findings: Findings) throws -> [Block] {
    let experiments = findings.experiments(of: figure, on: dataset)
    return try figure.shows.compactMap { name in
      let pictures = try experiments.compactMap { try Figure(grid: name, of: $0, in: findings, under: figure.id) }
      return pictures.isEmpty ? nil : .figures(pictures)
    }
  }
}

extension Figure {
  /// The images that an experiment's first finished seed left under a name; `nil` where it left none.
  /// - Parameter place: put before its name where another part of the page may show the same.
  /// - Throws: `ReportingError.picture`.
  init?(grid name: String, of experiment: Experiment, in findings: Findings, under place: String = "images") throws {
    guard let (seed, content) = findings.artefact(name, of: experiment.id), case .grid(let grid) = content else {
      return nil
    }
    let raster = Raster(grid)
    let words = name.replacing("-", with: " ")
    self.init(
      name: Anchors.slug("\(place) \(experiment.id.withinPaper) \(name)"),
      alternative: "\(grid.count) images, \(words) of \(experiment.id), seed \(seed)",
      caption:
        "\(strong: experiment.title): \(words) on \(findings.heading(of: experiment.id.dataset)), \(findings.words(forSeed: seed, of: experiment.id))",
      // Small pictures are enlarged until two stand side by side.
      content: .png(try PNG.encode(raster), width: max(raster.width, 424)), about: Topic(experiment.id))
  }
}
