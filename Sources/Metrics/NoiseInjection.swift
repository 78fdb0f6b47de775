import Datasets
package import Experiments
import Methods
import Tensors

/// How much a decoded item changes with noise in one latent dimension: the mean over pixels of the variance of x̂ over
/// draws z_j ~ μ_j + N(0, 1), the others held at the posterior's mean, averaged over the dimensions.
///
/// Dimensions whose posterior is as wide as the prior should change nothing (Dai and Wipf 2019, Fig. 2). The curve
/// `noise-injection` has the dimensions in the order of `posterior-variance`. Decoding is what it costs: for each dimension
/// `samples / latents` draws, from 2 to 100, spread over as many items as have 100 each, from 1 to 10.
package struct NoiseInjection: Metric {
  package var card: MetricCard {
    MetricCard(
      name: "noise-injection", title: "Var x̂", unit: "squared intensity per pixel", direction: .neither,
      source: "Dai and Wipf 2019 (Two-Stage VAE), Fig. 2", curves: ["noise-injection"])
  }

  package func measure(_ id: MetricID, on evidence: Evidence) throws -> Measurement {
    let (subject, posteriors) = (evidence.subject, evidence.codes.posteriors)
    guard posteriors.count > 0 else { throw MetricError.tooFew("test items", count: 0, needed: 1) }
    let share = subject.settings.samples / subject.model.latents
    let (draws, images) = (min(max(share, 2), 100), min(max(share / 100, 1), 10, posteriors.count))
    let order = posteriors.meanVariances.enumerated().sorted { ($0.element, $0.offset) < ($1.element, $1.offset) }
    let items = subject.dataset.test.subset(images)
    let injections = items.enumerated().map { index, item in
      subject.injection(
        posteriors.means.rows(item..<(item + 1)), draws: draws, evidence.generator("noise").split(UInt64(index)))
    }
    let variances = order.map { dimension, _ in
      injections.reduce(0) { $0 + $1[dimension] } / Double(images)
    }
    return Measurement(
      value: variances.reduce(0, +) / Double(variances.count), count: images,
      settings: ["draws": "\(draws)", "images": "\(images)"], curve: ranked(variances, "noise-injection"))
  }
}

extension Subject {
  /// The mean variance of the decoded pixels when noise is added to each dimension of one code in turn.
  fileprivate func injection(_ code: Matrix, draws: Int, _ generator: Generator) -> [Double] {
    let together = max(1, chunk / draws)
    return stride(from: 0, to: model.latents, by: together).flatMap { start in
      let dimensions = start..<min(start + together, model.latents)
      let noise = generator.normals(dimensions.count * draws, stream: UInt64(start))
      var codes = Matrix.stacking(Array(repeating: code, count: noise.count), columns: model.latents)
      for (row, number) in noise.enumerated() { codes[row, start + row / draws] += number }
      let items = model.decode(codes)
      return dimensions.map { dimension in
        let first = (dimension - start) * draws
        let moments = columnMoments(of: items.rows(first..<(first + draws)))
        return moments.reduce(0) { $0 + $1.variance } / Double(moments.count)
      }
    }
  }
}
