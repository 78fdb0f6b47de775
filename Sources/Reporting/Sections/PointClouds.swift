import Comparison
import Experiments

/// Points of the plane: latent codes with the samples of low and high posterior, and generated points.
struct PointClouds: Section {
  let title = "Points of the plane"

  func body(_ findings: Findings) -> [Block] {
    let datasets = findings.datasets.map { (dataset: $0, rows: self.rows($0, findings)) }.filter { !$0.rows.isEmpty }
    if datasets.isEmpty {
      "No finished run has left points to draw."
    } else {
      "The first finished seed of each method. Latent spaces have axes of their own; pictures of the data space share theirs."
      for part in datasets {
        Block.heading("Points of \(part.dataset)", level: 3)
        for row in part.rows { Block.figures(row) }
      }
    }
  }

  private func rows(_ dataset: String, _ findings: Findings) -> [[Figure]] {
    findings.artefactNames(on: dataset).compactMap { name in
      let clouds = findings.begun(on: dataset).compactMap { Cloud(name, of: $0, findings) }
      return clouds.isEmpty ? nil : clouds.map { figure($0, among: clouds.map(\.points)) }
    }
  }

  private struct Cloud {
    let name: String
    let experiment: Experiment
    let seed: Int
    let points: PointCloud

    init?(_ name: String, of experiment: Experiment, _ findings: Findings) {
      guard let (seed, content) = findings.artefact(name, of: experiment.id), case .points(let points) = content else {
        return nil
      }
      (self.name, self.experiment, self.seed, self.points) = (name, experiment, seed, points)
    }
  }

  private func figure(_ cloud: Cloud, among all: [PointCloud]) -> Figure {
    let isLatent = cloud.name == "latents"
    let words = cloud.name.replacing("-", with: " ")
    let groups = cloud.points.groups.map { "\($0.points.count) points of \($0.name)" }.joined(separator: ", ")
    let summary = "Scatter of \(words) of \(cloud.experiment.id), seed \(cloud.seed): \(groups)."
    let chart = ScatterChart(
      title: "\(cloud.experiment.title): \(words)", summary: summary, x: isLatent ? "z₁" : "x₁",
      y: isLatent ? "z₂" : "x₂", cloud: cloud.points, companions: isLatent ? [] : all)
    return Figure(
      name: Anchors.slug("points \(cloud.experiment.id.withinPaper) \(cloud.name)"), alternative: summary,
      caption: "\(strong: cloud.experiment.title): \(words), seed \(cloud.seed)", content: .drawing(chart.drawing),
      about: Topic(cloud.experiment.id))
  }
}
