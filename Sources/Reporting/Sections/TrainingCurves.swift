import Comparison
import Experiments

/// Losses by iteration, over seeds.
struct TrainingCurves: Section {
  let title = "Training curves"

  /// What is drawn first; other curves of a method follow in order of name.
  private static let first = ["loss", "reconstruction", "kl"]

  func body(_ findings: Findings) -> [Block] {
    let parts = findings.datasets.map { (dataset: $0, charts: charts($0, findings)) }.filter { !$0.charts.isEmpty }
    if parts.isEmpty {
      "No finished run has left a training curve."
    } else {
      "Each point is a mean over the iterations since the one before."
      for part in parts {
        Block.heading("Training on \(findings.heading(of: part.dataset))", level: 3)
        part.charts.blocks
      }
    }
  }

  private func charts(_ dataset: String, _ findings: Findings) -> [CurveChart] {
    let experiments = findings.begun(on: dataset)
    let names = experiments.flatMap { findings.done($0.id).flatMap(\.curves).map(\.name) }.withoutRepetition
    let elsewhere = [LeakageCurves.curve] + Spectra.curves
    let others = names.filter { !Self.first.contains($0) && !elsewhere.contains($0) }.sorted()
    return (Self.first.filter(names.contains) + others).compactMap { name in
      CurveChart(
        name, of: experiments.filter { !findings.isInFigure(name, of: $0.id) }, as: "curve-\(dataset)-\(name)",
        in: findings)
    }
  }
}
