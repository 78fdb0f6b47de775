import Execution
import Experiments
import Foundation
import Methods
import Tensors
import Testing

@testable import Metrics

private func measurements(_ texts: [String], of subject: Subject) throws -> Measurements {
  let ids = try texts.map { try #require(MetricID($0)) }
  return try measure(ids, of: subject, executor: CPUExecutor()) { _ in }
}

private func score(_ id: String, of subject: Subject) throws -> Score {
  try #require(measurements([id], of: subject).scores.first)
}

private func value(_ id: String, of subject: Subject) throws -> Double { try #require(score(id, of: subject).value) }

@Suite struct AggregateRateTests {
  @Test func `the true posteriors of a linear model tell ½ log(1 + w²/s²) a dimension, and mix to the prior`() throws {
    let model = AnalyticModel(lengths: [2, 1], size: 6, noiseVariance: 0.25)
    let subject = try model.subject(test: 3000)
    let expected = 0.5 * (log(17.0) + log(5.0))
    let information = try score("mutual-information", of: subject)
    // The items' own spread is within the standard error; 3000 posteriors for 9 that would fill the prior leave
    // a bias of about 9/6000.
    #expect(abs(try #require(information.value) - expected) < 4 * (try #require(information.standardError)) + 0.005)
    let divergence = try score("marginal-kl", of: subject)
    #expect(abs(try #require(divergence.value)) < 4 * (try #require(divergence.standardError)) + 0.005)
    #expect(information.metric.description == "mutual-information?n=3000" && information.reason == nil)
  }

  @Test(arguments: [1.0, 2]) func `information and divergence add up to the rate`(scale: Double) throws {
    let model = AnalyticModel(lengths: [2, 1], size: 6, noiseVariance: 0.25, scale: scale, widening: 1.3, offset: 0.4)
    let subject = try model.subject(test: 3000)
    let parts = try value("mutual-information", of: subject) + value("marginal-kl", of: subject)
    // Both parts have the same draws; the rate is exact for the standard prior, and has its entropy exact for the
    // other: ½ ε² less ½, a standard deviation of 1 in two dimensions, 0.018 for the mean of 3000. Five.
    #expect(abs(try value("kl", of: subject) - parts) < 0.09)
  }

  @Test func `posteriors that do not depend on the item tell nothing, and are as far from the prior as one is`() throws
  {
    var model = AnalyticModel(lengths: [0, 0], size: 3, noiseVariance: 1)
    (model.widening, model.offset) = (0.5, 1)
    let subject = try model.subject(test: 2000)
    #expect(abs(try value("mutual-information", of: subject)) < 1e-9)
    let divergence = try score("marginal-kl", of: subject)
    // ½ (v + δ² − 1 − log v) in each of two dimensions.
    #expect(abs(try #require(divergence.value) - (0.5 - log(0.5))) < 4 * (try #require(divergence.standardError)))
  }

  @Test func `no more than log N can be seen of N items, and the remark says so`() throws {
    let model = AnalyticModel(lengths: [1, 1], size: 2, noiseVariance: 1e-6)
    let subject = try model.subject(test: 20)
    let information = try score("mutual-information", of: subject)
    #expect(abs(try #require(information.value) - log(20)) < 1e-6)
    #expect(information.reason?.contains("log 20") == true)
    #expect(try score("marginal-kl", of: subject).reason?.contains("log 20") == true)
  }
}

@Suite struct LatentDimensionTests {
  /// Posterior variances 1/17, 1/2 and 1; means of variance 16/17, 1/2 and 0.
  let model = AnalyticModel(lengths: [2, 0.5, 0], size: 5, noiseVariance: 0.25)

  @Test func `units are active whose posterior means move with the items`() throws {
    let active = try score("active-units", of: model.subject())
    #expect(active.value == 2 && active.reason == "of 3 dimensions")
    var faint = model
    faint.lengths = [0.03, 0.06]  // Variances of the means 0.0036 and 0.0142.
    #expect(try value("active-units", of: faint.subject(test: 3000)) == 1)
  }

  @Test func `eigenvalues of Σz are the posterior's variances, from the smallest`() throws {
    let measured = try measurements(["posterior-variance"], of: model.subject())
    for (point, expected) in zip(measured.curves, [1.0 / 17, 0.5, 1]) { #expect(abs(point.value - expected) < 1e-6) }
    #expect(measured.curves.map(\.iteration) == [1, 2, 3])
    let mean: Double = (1.0 / 17 + 1.5) / 3
    #expect(abs(try #require(measured.scores[0].value) - mean) < 1e-6)
  }

  @Test func `noise in a dimension moves the pixels by the square of its weight`() throws {
    let subject = try model.subject { $0.evaluation.samples = 3000 }
    let measured = try measurements(["noise-injection"], of: subject)
    // w²/5 for five pixels; the variance of 10 items' 100 draws is good to √(2/990) = 4.5 %. Four of those.
    for (point, expected) in zip(measured.curves, [4.0 / 5, 0.25 / 5]) {
      #expect(abs(point.value / expected - 1) < 0.18, "\(point)")
    }
    #expect(measured.curves[2].value == 0)
    #expect(measured.scores[0].metric.description == "noise-injection?draws=100&images=10")
  }

  @Test func `fewer samples mean fewer draws, two at least`() throws {
    let few = try score("noise-injection", of: model.subject { $0.evaluation.samples = 4 })
    #expect(few.metric.description == "noise-injection?draws=2&images=1" && few.status == .done)
  }

  @Test func `a fixed weight of the squared error is the inverse of its β`() throws {
    #expect(abs(try value("effective-beta", of: model.subject()) - 0.5) < 1e-12)
  }

  @Test func `a learned deviation has the β of its variance, many have none`() throws {
    let subject = try TwoStages(first: model, learnedLogDeviation: log(0.055)).subject()
    #expect(abs(try value("effective-beta", of: subject) - 2 * 0.055 * 0.055) < 1e-12)
    let silent = try TwoStages(first: model).subject { $0.likelihood.settings = [:] }
    #expect(try score("effective-beta", of: silent).status == .notApplicable)
  }
}

@Suite struct SpectrumTests {
  let model = AnalyticModel(lengths: [2, 0.5, 0], size: 5, noiseVariance: 0.25, scale: 2, shift: 1)

  @Test func `codes of the prior's distribution have a spectrum of ones, as normal numbers do`() throws {
    let measured = try measurements(
      ["spectrum?space=z"], of: model.subject(train: 3000) { $0.evaluation.samples = 3000 })
    // √(3/3000) is what the edges of the Marchenko-Pastur law depart from 1 by.
    for point in measured.curves { #expect(abs(point.value - 1) < 4 * 0.032, "\(point)") }
    #expect(
      measured.curves.map(\.name) == Array(repeating: "spectrum-z", count: 3)
        + Array(repeating: "spectrum-normal", count: 3))
    #expect(measured.scores[0].metric.description == "spectrum?n=3000&ref=train&space=z")
  }

  @Test func `codes away from the prior are at a distance, in spectrum and discrepancy`() throws {
    var shifted = model
    shifted.offset = 4  // Two standard deviations of the prior.
    let ids = ["spectrum?space=z", "mmd/imq?space=z"]
    let (near, far) = (
      try measurements(ids, of: model.subject()).scores, try measurements(ids, of: shifted.subject()).scores
    )
    let (spectra, discrepancies) = (
      try [near[0], far[0]].map { try #require($0.value) }, try [near[1], far[1]].map { try #require($0.value) }
    )
    // √(1 + 3 · 2²) = 3.6 for the largest of three.
    let departure: Double = (13.0.squareRoot() - 1) / 3
    #expect(spectra[0] < 0.1 && abs(spectra[1] - departure) < 0.1)
    // Seven kernels, each between 0 and 1; without a shift the statistic's spread is about 7 / n.
    #expect(abs(discrepancies[0]) < 0.05 && discrepancies[1] > 1)
  }

  @Test func `the second stage's codes are measured in their own space, of the same first codes`() throws {
    let subject = try TwoStages(first: model).subject()
    let measured = try measurements(["spectrum?space=u", "spectrum?space=z"], of: subject)
    // u = 0.6 g + 0.8 ε of a standard normal g, standard normal again.
    #expect(measured.scores.allSatisfy { ($0.value ?? .infinity) < 0.1 })
    #expect(Set(measured.curves.map(\.name)) == ["spectrum-u", "spectrum-z", "spectrum-normal"])
    #expect(measured.curves.count == 9)
  }

  @Test func `without a second stage its codes do not apply`() throws {
    for name in ["spectrum", "mmd/imq"] {
      #expect(try score("\(name)?space=u", of: model.subject()).status == .notApplicable)
    }
  }

  @Test func `a sample is at no discrepancy from itself but for the pairs with itself`() {
    let codes = Matrix(rows: 200, columns: 3, values: Generator(seed: 1).normals(600))
    // Mixed pairs count i = j, own pairs do not: 2 (mean of own − mean of all), 7 kernels of at most 1.
    let obtained = multiquadricDiscrepancy(codes, codes)
    #expect(obtained < 0 && obtained > -2 * 7 / 200.0)
  }
}

/// An analytic model with a second stage that maps g(z) to q(u|z) = N(0.6 g, 0.64).
private struct TwoStages: LatentVariableModel {
  let first: AnalyticModel
  var learnedLogDeviation: Double?
  var latents: Int { first.latents }
  var size: Int { first.size }
  func encode(_ items: Matrix) -> Posteriors { first.encode(items) }
  func decode(_ codes: Matrix) -> Matrix { first.decode(codes) }
  func distortions(of items: Matrix, given codes: Matrix) -> [Double] { first.distortions(of: items, given: codes) }
  func generation(of codes: Matrix) -> (codes: Matrix, logDeterminants: [Float]) { first.generation(of: codes) }
  func representation(of generationCodes: Matrix) -> Matrix { first.representation(of: generationCodes) }

  func secondPosteriors(of codes: Matrix) -> Posteriors? {
    var means = generation(of: codes).codes
    for index in means.values.indices { means.values[index] *= 0.6 }
    return Posteriors(
      means: means,
      logVariances: Matrix(
        rows: means.rows, columns: latents, values: Array(repeating: Float(log(0.64)), count: means.values.count)))
  }

  func subject(adjusting adjust: (inout Configuration) -> Void = { _ in }) throws -> Subject {
    let subject = try first.subject(adjusting: adjust)
    return Subject(model: self, dataset: subject.dataset, configuration: subject.configuration, seed: subject.seed)
  }
}
