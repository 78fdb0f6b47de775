import Comparison
import Experiments

/// Numbers of latent dimensions in order of size: spectra of codes, posterior variances and what noise in each changes.
struct Spectra: Section {
  let title = "Latent dimensions"

  /// What the curves are called; their iterations are ranks.
  static let words = [
    "noise-injection": "variance of the decoded image under noise in one dimension",
    "posterior-variance": "mean posterior variance of a dimension",
    "spectrum-normal": "singular value / √n of independent normal numbers",
    "spectrum-u": "singular value / √n of codes of the second stage",
    "spectrum-z": "singular value / √n of codes of the first stage",
  ]

  func body(_ findings: Findings) -> [Block] {
    let figures = findings.datasets.flatMap { self.figures($0, findings) }
    if figures.isEmpty {
      "No finished run has left a spectrum."
    } else {
      "Spectra run from the largest singular value down; those of a standard normal distribution are all 1 but for the spread of finitely many codes. Posterior variances run from the smallest up, and the effect of noise in a dimension has their order. The mean over finished seeds is the strong line."
      Block.figures(figures)
    }
  }

  private func figures(_ dataset: String, _ findings: Findings) -> [Figure] {
    Self.words.sorted { $0.key < $1.key }.compactMap { name, word in
      let series = CurveSeries.gather(name, of: findings.begun(on: dataset), findings)
      guard !series.isEmpty else { return nil }
      return CurveSeries.figure(
        series, name: "\(name)-\(dataset)", title: "\(word) on \(dataset)", x: "rank", y: word,
        isLogarithmic: CurveSeries.spansDecades(series), about: Topic(findings.begun(on: dataset).map(\.id)))
    }
  }
}
