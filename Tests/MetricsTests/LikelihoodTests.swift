import Datasets
import Execution
import Experiments
import Foundation
import Methods
import Tensors
import Testing

@testable import Metrics

private func score(_ id: String, of subject: Subject) throws -> Score {
  let id = try #require(MetricID(id))
  return try #require(try measure([id], of: subject, executor: CPUExecutor()) { _ in }.scores.first)
}

private func value(_ id: String, of subject: Subject) throws -> Double { try #require(score(id, of: subject).value) }

private func negativeLogLikelihood(_ model: AnalyticModel, _ subject: Subject, _ count: Int) -> Double {
  let test = subject.dataset.test
  let items = test.matrix(test.subset(count))
  return (0..<count).reduce(0) { $0 + model.negativeLogLikelihood(items[$1]) } / Double(count)
}

@Suite struct LikelihoodTests {
  let standard = AnalyticModel(lengths: [2, 1], size: 6, noiseVariance: 0.25)
  let decoupled = AnalyticModel(lengths: [2, 1], size: 6, noiseVariance: 0.25, scale: 2, shift: 0.5)

  @Test func `from the true posterior every importance weight is the likelihood itself`() throws {
    for model in [standard, decoupled] {
      let subject = try model.subject()
      let obtained = try value("nll/importance", of: subject)
      // Codes and decoded items are float32: about 1e-7 of terms up to some tens, amplified by 1/s².
      #expect(abs(obtained - negativeLogLikelihood(model, subject, 20)) < 1e-4)
    }
  }

  @Test func `importance sampling from a wider posterior agrees within its error`() throws {
    for var model in [standard, decoupled] {
      model.widening = 2
      let subject = try model.subject {
        $0.evaluation.likelihoodImages = 100
        $0.evaluation.likelihoodSamples = 2000
      }
      let score = try score("nll/importance", of: subject)
      let expected = negativeLogLikelihood(model, subject, 100)
      // The weights' relative variance is 2²/3 − 1 = 1/3 in two dimensions: 0.013 an image with 2000 samples, 0.0013
      // for the mean of 100. Five of those.
      #expect(abs(try #require(score.value) - expected) < 0.0065)
      #expect(score.metric.description == "nll/importance?images=100&samples=2000")
      #expect(score.reason == nil)
    }
  }

  @Test(arguments: [2, 10, 64])
  func `with 21,000 samples the likelihood is the linear model's own within three standard errors`(
    latents: Int
  ) throws {
    // Posteriors 1.3 times as wide as they should be up to ten dimensions, where weights vary by 31 %; narrower in 64.
    let lengths = (0..<latents).map { 0.5 + Double($0 % 4) / 2 }
    var model = AnalyticModel(lengths: lengths, size: latents, noiseVariance: 0.25)
    model.widening = latents > 10 ? 1.1 : 1.3
    let (subject, count) = (try model.subject(train: 1, test: 4), 4)
    let items = subject.dataset.test.matrix(0..<count)
    let sums = importanceWeights(of: items, samples: 21_000, subject, Generator(seed: 11))
    let scores = sums.enumerated().map { row, sum in
      (sum.logMean + model.negativeLogLikelihood(items[row])) / sum.standardError
    }
    // Each is standard normal but for a bias of half a standard error's square; their sum has the deviation √n.
    #expect(abs(scores.reduce(0, +)) < 3 * Double(count).squareRoot(), "\(scores)")
    #expect(scores.allSatisfy { abs($0) < 4 } && sums.allSatisfy { $0.standardError < 0.02 }, "\(scores)")
  }

  @Test func `the weights' standard error is that of their mean, relative to it`() {
    var sum = WeightSum()
    for weight in [1.0, 3, 2, 2] { sum.add(log(weight)) }
    // Mean 2, variance 2/3, of four.
    #expect(abs(sum.logMean - log(2)) < 1e-12)
    #expect(abs(sum.standardError - (2.0 / 3 / 4).squareRoot() / 2) < 1e-12)
  }

  @Test func `numbers of a pseudo-likelihood are remarked on`() throws {
    let subject = try standard.subject { $0.likelihood = LikelihoodSettings(name: "bernoulli", settings: [:]) }
    for id in ["elbo", "reconstruction", "nll/bound", "nll/importance"] {
      #expect(try score(id, of: subject).reason?.contains("pseudo-likelihood") == true, "\(id)")
    }
    #expect(try score("kl", of: subject).reason == nil)
  }

  @Test func `weights that amount to a few samples are remarked on`() throws {
    var model = standard
    model.offset = 3
    let score = try score("nll/importance", of: model.subject())
    #expect(score.status == .done && score.reason?.contains("fewer than 10 samples") == true)
  }

  @Test func `the bound lies below the likelihood by the divergence of the two posteriors`() throws {
    for var model in [standard, decoupled] {
      model.widening = 2
      let subject = try model.subject(test: 4000)
      let gap: Double = 1 - log(2)  // twice ½ (2 − 1 − log 2)
      let expected = -negativeLogLikelihood(model, subject, 4000) - gap
      let obtained = try value("elbo", of: subject)
      // One code an item: SSE / 2s² has a standard deviation near 2 given the item, so 0.03 for the mean of 4000. Five.
      #expect(abs(obtained - expected) < 0.15)
      #expect(obtained < -negativeLogLikelihood(model, subject, 4000))
    }
  }

  @Test func `the bound is the sum of its parts`() throws {
    let subject = try decoupled.subject()
    let parts = try value("reconstruction", of: subject) + value("kl", of: subject)
    #expect(abs(try value("elbo", of: subject) + parts) < 1e-9)
  }

  @Test func `the standard prior's KL is the closed form`() throws {
    let subject = try standard.subject()
    let posteriors = standard.encode(subject.dataset.test.matrix(0..<200))
    var expected = 0.0
    for (mean, logVariance) in zip(posteriors.means.values, posteriors.logVariances.values) {
      let (mean, variance) = (Double(mean), exp(Double(logVariance)))
      expected += 0.5 * (variance + mean * mean - 1 - log(variance)) / 200
    }
    #expect(abs(try value("kl", of: subject) - expected) < 1e-6)
  }

  @Test func `the decoupled prior's KL agrees with the closed form of an affine flow`() throws {
    let subject = try decoupled.subject(test: 4000)
    let posteriors = decoupled.encode(subject.dataset.test.matrix(0..<4000))
    var expected = 0.0
    for (mean, logVariance) in zip(posteriors.means.values, posteriors.logVariances.values) {
      let (distance, variance) = ((Double(mean) - 0.5) / 2, exp(Double(logVariance)) / 4)
      expected += 0.5 * (variance + distance * distance - 1 - log(variance)) / 4000
    }
    // ½ ‖g(z)‖² varies by less than 1 given the item: 0.016 for the mean of 4000. Five.
    #expect(abs(try value("kl", of: subject) - expected) < 0.08)
  }

  @Test func `the authors' number is their loss, scaled, with the constant they drop`() throws {
    for model in [standard, decoupled] {
      let subject = try model.subject()
      let weight = 1 / (2 * model.noiseVariance)
      let dropped = subject.configuration.method.prior == .decoupled ? 1.0 : 0
      let image = try value("mse", of: subject) * 6 + (value("kl", of: subject) + dropped) / weight
      #expect(abs(try value("nll/authors", of: subject) - image * 20 / 1000) < 1e-12)
    }
  }

  @Test func `a decoder that says nothing leaves the items' own squares as error`() throws {
    var silent = standard
    silent.lengths = [0, 0]
    let subject = try silent.subject()
    let items = subject.dataset.test.matrix(0..<200)
    let expected = items.values.reduce(0.0) { $0 + Double($1) * Double($1) } / Double(items.values.count)
    let obtained = try score("mse", of: subject)
    #expect(abs(try #require(obtained.value) - expected) < 1e-6)
    #expect(obtained.count == 200 && obtained.metric.description == "mse?n=200")
  }

  @Test func `the reconstruction term has every constant of the Gaussian`() throws {
    let subject = try standard.subject()
    let (size, variance) = (6.0, 0.25)
    let expected = try size / 2 * log(2 * Double.pi * variance) + value("mse", of: subject) * size / (2 * variance)
    #expect(abs(try value("reconstruction", of: subject) - expected) < 1e-9)
  }
}
