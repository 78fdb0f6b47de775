import Comparison
import Experiments

/// Points of the plane that no figure of the paper shows: latent codes with the samples of low and high posterior, paths
/// of traversals, and generated points.
struct PointClouds: Section {
  let title = "Points of the plane"

  func body(_ findings: Findings) -> [Block] {
    let datasets = findings.datasets.map { (dataset: $0, rows: self.rows($0, findings)) }.filter { !$0.rows.isEmpty }
    if datasets.isEmpty {
      "No finished run has left points that the paper's figures do not show."
    } else {
      "The first finished seed of each method. Latent spaces have axes of their own; pictures of the data space share theirs."
      for part in datasets {
        Block.heading("Points of \(findings.heading(of: part.dataset))", level: 3)
        for row in part.rows { Block.figures(row) }
      }
    }
  }

  private func rows(_ dataset: String, _ findings: Findings) -> [[Figure]] {
    findings.artefactNames(on: dataset).compactMap { name in
      let experiments = findings.begun(on: dataset).filter { !findings.isInFigure(name, of: $0.id) }
      let figures = CloudRow(name, of: experiments, findings).figures(under: "points")
      return figures.isEmpty ? nil : figures
    }
  }
}
