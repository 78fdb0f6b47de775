package import Comparison
package import Experiments

/// Clouds of points, a row of pictures for each artefact and in it one for each method.
package struct CloudFigure: FigureKind {
  package let name = "clouds"
  package let material = FigureMaterial.artefacts

  package func blocks(_ figure: PaperFigure, on dataset: String, _ findings: Findings) -> [Block] {
    let experiments = findings.experiments(of: figure, on: dataset)
    return figure.shows.compactMap { name in
      let pictures = CloudRow(name, of: experiments, findings).figures(under: figure.id)
      return pictures.isEmpty ? nil : .figures(pictures)
    }
  }
}

/// The clouds that experiments left under a name, each of the first finished seed. Those of the data's space share axes.
struct CloudRow {
  private let name: String
  private let heading: (String) -> String
  private let clouds: [(experiment: Experiment, seed: Int, points: PointCloud)]

  init(_ name: String, of experiments: [Experiment], _ findings: Findings) {
    self.name = name
    heading = findings.heading
    clouds = experiments.compactMap { experiment in
      guard let (seed, content) = findings.artefact(name, of: experiment.id), case .points(let points) = content else {
        return nil
      }
      return (experiment, seed, points)
    }
  }

  /// - Parameter place: put before the names where another part of the page may show the same.
  func figures(under place: String) -> [Figure] { clouds.map { figure($0.experiment, $0.seed, $0.points, place) } }

  private func figure(_ experiment: Experiment, _ seed: Int, _ points: PointCloud, _ place: String) -> Figure {
    let isLatent = ["latents", "traversal-paths"].contains(name)
    let words = name.replacing("-", with: " ")
    let groups = points.groups.map { "\($0.points.count) points of \($0.name)" }.joined(separator: ", ")
    let summary = "Scatter of \(words) of \(experiment.id), seed \(seed): \(groups)."
    let chart = ScatterChart(
      title: "\(experiment.title): \(words)", summary: summary, x: isLatent ? "z₁" : "x₁", y: isLatent ? "z₂" : "x₂",
      cloud: points, companions: isLatent ? [] : clouds.map(\.points))
    return Figure(
      name: Anchors.slug("\(place) \(experiment.id.withinPaper) \(name)"), alternative: summary,
      caption: "\(strong: experiment.title): \(words) on \(heading(experiment.id.dataset)), seed \(seed)",
      content: .drawing(chart.drawing), about: Topic(experiment.id))
  }
}
