import Datasets
package import Experiments
import Foundation
import Methods
import Tensors

/// The negative log-likelihood of test items by importance sampling, in nats per item with all constants.
///
/// −log 1/S Σ p(x|zₛ) p(zₛ) / q(zₛ|x), zₛ ~ q(z|x) (Rezende, Mohamed and Wierstra 2014, appendix E; Burda et al. 2016,
/// eq. 8), on a fixed random subset of the test items. Jensen's inequality makes its expectation an upper bound on the
/// negative log-likelihood. Codes are drawn and decoded a chunk at a time; memory does not grow with S.
///
/// The standard error is that over items.
package struct ImportanceLikelihood: Metric {
  package var card: MetricCard {
    MetricCard(
      name: "nll/importance", title: "NLL", unit: "nats per image", direction: .lower,
      source: "Burda et al. 2016, eq. 8; Bhalodia et al. 2020 (dpVAE), section 5.1")
  }

  package func measure(_ id: MetricID, on evidence: Evidence) throws -> Measurement {
    let (subject, settings) = (evidence.subject, evidence.subject.settings)
    try subject.needDensities()
    let test = subject.dataset.test
    let (images, samples) = (min(settings.likelihoodImages, test.count), settings.likelihoodSamples)
    guard samples > 0, images > 0 else { throw MetricError.tooFew("importance samples", count: 0, needed: 1) }
    let items = test.matrix(test.subset(images))
    let weights = importanceWeights(of: items, samples: samples, subject, evidence.generator("importance"))
    let poor = weights.count { $0.effectiveCount < ImportanceLikelihood.fewSamples }
    let remarks = [subject.likelihoodRemark, poor == 0 ? nil : remark(poor, of: images)].compactMap { $0 }
    return Measurement(
      mean: SampleMean(of: weights.map { -$0.logMean }),
      settings: ["images": "\(images)", "samples": "\(samples)"],
      remark: remarks.isEmpty ? nil : remarks.joined(separator: "; "))
  }

  private func remark(_ poor: Int, of images: Int) -> String {
    "on \(poor) of \(images) items the weights amount to fewer than \(Int(ImportanceLikelihood.fewSamples)) samples"
  }

  /// Effective samples below which an item's estimate is called poor.
  private static let fewSamples = 10.0
}

/// The importance weights of each item, summed up.
func importanceWeights(
  of items: Matrix, samples: Int, _ subject: Subject, _ generator: Generator
) -> [WeightSum] {
  let posteriors = subject.model.encode(items)
  var sums = [WeightSum](repeating: WeightSum(), count: items.rows)
  for (index, range) in chunks(items.rows * samples).enumerated() {
    let owners = range.map { $0 / samples }
    let weights = logWeights(of: items, owners, posteriors, subject.model, generator, stream: UInt64(index))
    for (owner, weight) in zip(owners, weights) { sums[owner].add(weight) }
  }
  return sums
}

/// log p(x|z) + log p(z) − log q(z|x) for one new z for each owner, the index of an item.
private func logWeights(
  of items: Matrix, _ owners: [Int], _ posteriors: Posteriors, _ model: any LatentVariableModel,
  _ generator: Generator, stream: UInt64
) -> [Double] {
  let noise = Matrix(
    rows: owners.count, columns: model.latents, values: generator.normals(owners.count * model.latents, stream: stream))
  let codes = posteriors.samples(owners, generator, stream: stream)
  let priors = logPriors(of: codes, under: model)
  let distortions = model.distortions(of: items.picking(owners), given: codes)
  return owners.indices.map { row in
    let spread = posteriors.logVariances[owners[row]].reduce(0.0) { $0 + Double($1) }
    let proposal = -0.5 * (squaredNorm(noise[row]) + spread + Double(model.latents) * logTwoPi)
    return priors[row] - proposal - distortions[row]
  }
}

/// log p(z) = log N(g(z); 0, I) + log |det ∂g/∂z| of each row, in nats (dpVAE, eq. 2).
func logPriors(of codes: Matrix, under model: any LatentVariableModel) -> [Double] {
  let generation = model.generation(of: codes)
  return zip(standardNormalLogDensities(generation.codes), generation.logDeterminants).map { $0 + Double($1) }
}

/// Weights met one after another, without keeping them.
struct WeightSum {
  private var count = 0.0
  private var peak = -Double.infinity
  private var sum = 0.0
  private var squares = 0.0

  /// log 1/S Σ w
  var logMean: Double { peak + log(sum / count) }

  /// Kish's effective number of samples, (Σ w)² / Σ w².
  var effectiveCount: Double { sum * sum / squares }

  /// The standard error of `logMean`, by the delta method: that of Σ w / S relative to it.
  var standardError: Double { ((1 / effectiveCount - 1 / count) * count / (count - 1)).squareRoot() }

  mutating func add(_ logWeight: Double) {
    count += 1
    if logWeight > peak {
      let shrink = exp(peak - logWeight)
      (sum, squares, peak) = (sum * shrink, squares * shrink * shrink, logWeight)
    }
    let weight = exp(logWeight - peak)
    sum += weight
    squares += weight * weight
  }
}
