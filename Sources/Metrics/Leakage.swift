import Datasets
package import Experiments
import Methods
import Tensors

/// How much of the aggregate posterior leaks into regions where the prior is thin.
///
/// z ~ q(z) is leaked at threshold t where log N(g(z); 0, I) < t, and h(z) = log q(z) − log N(g(z); 0, I). The mean of h is
/// taken over the leaked draws, 0 where there are none, as the released code has it; or, as E_q[h · 1(leaked)], over all,
/// which is what the paper's expectation reads like. The prior is that of z₀-space, without the log-determinant. Densities
/// are the correct ones: the released code's has the variance where the precision belongs, and a wrong power of 2π.
package struct Leakage: Metric {
  /// The draws that h is averaged over.
  package enum Mean: Sendable { case leaked, all }

  static let name = "leakage"

  /// Nats, from rare to common.
  static let thresholds = [-90, -70, -50, -30, -10, -1]

  let mean: Mean

  package var card: MetricCard {
    MetricCard(
      name: mean == .leaked ? Leakage.name : "leakage/expected", title: mean == .leaked ? "L(t)" : "E[h 1(t)]",
      unit: "nats", direction: .lower,
      source: "Bhalodia et al. 2020 (dpVAE), section 5.1; riddhishb/dpVAE, high_metric",
      choices: [.init(key: "t", values: Leakage.thresholds.map(String.init))],
      curves: mean == .leaked ? [Leakage.name] : [])
  }

  package func measure(_ id: MetricID, on evidence: Evidence) throws -> Measurement {
    guard let threshold = id["t"].flatMap(Int.init) else {
      throw MetricError.choiceNeeded(id, key: "t", values: Leakage.thresholds.map(String.init))
    }
    try evidence.subject.needDensities()
    let draws = evidence.leakage
    guard draws.count > 0 else { throw MetricError.tooFew("draws of the aggregate posterior", count: 0, needed: 1) }
    var measurement = measurement(of: draws, below: Double(threshold))
    measurement.settings = ["n": "\(draws.count)", "posteriors": "\(draws.posteriors)"]
    if mean == .leaked {
      measurement.curve = [CurvePoint(name: Leakage.name, iteration: threshold, value: measurement.value)]
    }
    return measurement
  }

  /// The number without its settings.
  func measurement(of draws: LeakageDraws, below threshold: Double) -> Measurement {
    let leaked = draws.leaked(below: threshold)
    guard !leaked.isEmpty else {
      return Measurement(value: 0, count: 0, remark: "none of \(draws.count) draws is below t")
    }
    let values = mean == .leaked ? leaked : leaked + Array(repeating: 0, count: draws.count - leaked.count)
    return Measurement(
      mean: SampleMean(of: values), settings: [:], remark: "\(leaked.count) of \(draws.count) draws are below t")
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
    let mixture = codes.posteriors.picking(test.subset(min(settings.leakagePosteriors, test.count)))
    let samples = mixture.mixtureSamples(settings.leakageSamples, generator)
    self.init(samples, of: mixture, generation: subject.model.generation(of: samples).codes)
  }

  /// - Parameter generation: z₀ = g(z) of the samples z.
  init(_ samples: Matrix, of mixture: Posteriors, generation: Matrix) {
    posteriors = mixture.count
    priors = standardNormalLogDensities(generation)
    excesses = zip(MixtureDensity(mixture).logDensities(samples), priors).map { $0 - $1 }
  }

  var count: Int { priors.count }

  func leaked(below threshold: Double) -> [Double] {
    zip(excesses, priors).filter { $1 < threshold }.map { $0.0 }
  }
}
