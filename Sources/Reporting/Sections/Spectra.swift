import Comparison
import Experiments

/// Numbers of latent dimensions in order of size, of the experiments that no figure of the paper shows: spectra of codes,
/// posterior variances and what noise in each changes.
struct Spectra: Section {
  let title = "Latent dimensions"

  /// The curves' names in a run; their iterations are ranks.
  static let curves = ["noise-injection", "posterior-variance", "spectrum-normal", "spectrum-u", "spectrum-z"]

  func body(_ findings: Findings) -> [Block] {
    let charts = findings.datasets.flatMap { dataset in
      Self.curves.compactMap { curve in
        CurveChart(
          curve, of: findings.begun(on: dataset).filter { !findings.isInFigure(curve, of: $0.id) },
          as: "\(curve)-\(dataset)", in: findings)
      }
    }
    if charts.isEmpty {
      findings.paper.figures.contains { !$0.shows.filter(Self.curves.contains).isEmpty }
        ? Prose("The paper's figures show them; no other experiment has a finished run with a spectrum.")
        : Prose("No finished run has left a spectrum.")
    } else {
      "Spectra run from the largest singular value down; those of a standard normal distribution are all 1 but for the spread of finitely many codes. Posterior variances run from the smallest up, and the effect of noise in a dimension has their order."
      charts.blocks
    }
  }
}
