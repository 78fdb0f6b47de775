import Datasets
package import Experiments
import Methods
import Tensors

/// How much of the aggregate posterior leaks into regions where the prior is thin.
///
/// z ~ q(z) is leaked at threshold t where log N(g(z); 0, I) < t; the value is the mean of
/// h(z) = log q(z) − log N(g(z); 0, I) over the leaked draws, 0 where there are none, as the released code has it. The
/// prior is that of z₀-space, without the log-determinant. Densities are the correct ones: the released code's has the
/// variance where the precision belongs, and a wrong power of 2π.
package struct Leakage: Metric {
  static let name = "leakage"

  /// Nats, from rare to common.
  static let thresholds = [-90, -70, -50, -30, -10, -1]

  package var card: MetricCard {
    MetricCard(
      name: Leakage.name, title: "L(t)", unit: "nats", direction: .lower,
      source: "Bhalodia et al. 2020 (dpVAE), section 5.1; riddhishb/dpVAE, high_metric",
      choices: [.init(key: "t", values: Leakage.thresholds.map(String.init))])
  }

  package func measure(_ id: MetricID, on evidence: Evidence) throws -> Measurement {
    guard let threshold = id["t"].flatMap(Double.init) else {
      throw MetricError.choiceNeeded(id, key: "t", values: Leakage.thresholds.map(String.init))
    }
    try evidence.subject.needDensities()
    let draws = evidence.leakage
    guard draws.count > 0 else { throw MetricError.tooFew("draws of the aggregate posterior", count: 0, needed: 1) }
    let leaked = draws.leaked(below: threshold)
    let settings = ["n": "\(draws.count)", "posteriors": "\(draws.posteriors)"]
    guard !leaked.isEmpty else {
      return Measurement(value: 0, count: 0, settings: settings, remark: "none of \(draws.count) draws is below t")
    }
    return Measurement(
      mean: SampleMean(of: leaked), settings: settings, remark: "\(leaked.count) of \(draws.count) draws are below t")
  }

  /// The score at each threshold that has a finite one; the threshold stands for the iteration.
  static func curve(on evidence: Evidence) -> [CurvePoint] {
    guard evidence.subject.hasDensities, evidence.leakage.count > 0 else { return [] }
    return thresholds.compactMap { threshold in
      let leaked = evidence.leakage.leaked(below: Double(threshold))
      let value = leaked.isEmpty ? 0 : SampleMean(of: leaked).value
      return value.isFinite ? CurvePoint(name: name, iteration: threshold, value: value) : nil
    }
  }
}

/// Draws of the aggregate posterior with the two densities that decide on leakage.
struct LeakageDraws {
  /// log N(g(z); 0, I) of each draw.
  let priors: [Double]
  /// h(z) of each draw.
  let excesses: [Double]
  /// The number of posteriors that make up q(z).
  let posteriors: Int

  init(codes: TestCodes, of subject: Subject, generator: Generator) {
    let (settings, test) = (subject.settings, subject.dataset.test)
    posteriors = min(settings.leakagePosteriors, test.count)
    let mixture = codes.posteriors.picking(test.subset(posteriors))
    let samples = mixture.mixtureSamples(settings.leakageSamples, generator)
    priors = standardNormalLogDensities(subject.model.generation(of: samples).codes)
    excesses = zip(MixtureDensity(mixture).logDensities(samples), priors).map { $0 - $1 }
  }

  var count: Int { priors.count }

  func leaked(below threshold: Double) -> [Double] {
    zip(excesses, priors).filter { $1 < threshold }.map { $0.0 }
  }
}
