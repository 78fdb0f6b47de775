import Datasets
import Experiments
import Foundation
import Methods
import Metrics
import Tensors

/// A model of which everything is known in closed form.
///
/// z = c + a ⊙ z₀ with z₀ ~ N(0, I), and x = W z + noise of variance s². The columns of W are orthogonal, so that the
/// true posterior is diagonal; the encoder gives it, with its variance `widening` times as large and its mean moved by
/// `offset`.
struct AnalyticModel: LatentVariableModel {
  /// Lengths of the columns of W: column j is `lengths[j]` along axis j of the items.
  var lengths: [Double]
  var size: Int
  var noiseVariance: Double
  /// a
  var scale = 1.0
  /// c, in every dimension
  var shift = 0.0
  var widening = 1.0
  var offset = 0.0

  var latents: Int { lengths.count }

  /// The variance of the true posterior in dimension j: 1 / (1/a² + w²/s²).
  func posteriorVariance(_ j: Int) -> Double { 1 / (1 / (scale * scale) + lengths[j] * lengths[j] / noiseVariance) }

  func encode(_ items: Matrix) -> Posteriors {
    var posteriors = Posteriors(
      means: Matrix(rows: items.rows, columns: latents), logVariances: Matrix(rows: items.rows, columns: latents))
    for row in 0..<items.rows {
      for j in 0..<latents {
        let variance = posteriorVariance(j)
        let mean = variance * (shift / (scale * scale) + lengths[j] * Double(items[row, j]) / noiseVariance)
        posteriors.means[row, j] = Float(mean + offset)
        posteriors.logVariances[row, j] = Float(log(variance * widening))
      }
    }
    return posteriors
  }

  func decode(_ codes: Matrix) -> Matrix {
    var items = Matrix(rows: codes.rows, columns: size)
    for row in 0..<codes.rows {
      for j in 0..<latents { items[row, j] = Float(lengths[j]) * codes[row, j] }
    }
    return items
  }

  func distortions(of items: Matrix, given codes: Matrix) -> [Double] {
    let means = decode(codes)
    return (0..<items.rows).map { row in
      let squaredError = zip(items[row], means[row]).reduce(0.0) { total, pair in
        total + (Double(pair.0) - Double(pair.1)) * (Double(pair.0) - Double(pair.1))
      }
      return 0.5 * Double(size) * log(2 * Double.pi * noiseVariance) + squaredError / (2 * noiseVariance)
    }
  }

  func generation(of codes: Matrix) -> (codes: Matrix, logDeterminants: [Float]) {
    var generation = codes
    for index in generation.values.indices {
      generation.values[index] = (codes.values[index] - Float(shift)) / Float(scale)
    }
    return (generation, Array(repeating: Float(-Double(latents) * log(scale)), count: codes.rows))
  }

  func representation(of generationCodes: Matrix) -> Matrix {
    var codes = generationCodes
    for index in codes.values.indices {
      codes.values[index] = Float(shift) + Float(scale) * generationCodes.values[index]
    }
    return codes
  }

  /// The variance of the items along axis i.
  func itemVariance(_ i: Int) -> Double {
    i < latents ? noiseVariance + scale * scale * lengths[i] * lengths[i] : noiseVariance
  }

  /// −log p(x), in nats.
  func negativeLogLikelihood(_ item: ArraySlice<Float>) -> Double {
    item.enumerated().reduce(0) { total, entry in
      let mean = entry.offset < latents ? lengths[entry.offset] * shift : 0
      let (variance, difference) = (itemVariance(entry.offset), Double(entry.element) - mean)
      return total + 0.5 * (log(2 * Double.pi * variance) + difference * difference / variance)
    }
  }

  /// Draws x of the model.
  func items(_ count: Int, _ generator: Generator) -> Items {
    let codes = representation(
      of: Matrix(rows: count, columns: latents, values: generator.split("codes").normals(count * latents)))
    let noise = generator.split("noise").normals(count * size)
    let values = zip(decode(codes).values, noise).map { $0 + Float(noiseVariance.squareRoot()) * $1 }
    return Items(count: count, size: size, storage: .floats(values), labels: (0..<count).map { UInt8($0 % 3) })
  }

  /// This model, as if it had been trained on its own draws; with an image shape the items count as images.
  func subject(
    shape: [Int]? = nil, train: Int = 600, test: Int = 200, seed: UInt64 = 0,
    adjusting adjust: (inout Configuration) -> Void = { _ in }
  ) throws -> Subject {
    var configuration = try Configuration.toy()
    configuration.method.prior = scale == 1 && shift == 0 ? .standard : .decoupled
    configuration.likelihood.settings["mseWeight"] = 1 / (2 * noiseVariance)
    adjust(&configuration)
    let card = DatasetCard(
      name: "analytic", title: "Analytic", itemShape: shape ?? [size], trainCount: train, testCount: test,
      source: "itself", isSynthetic: true)
    let generator = Generator(seed: 77)
    let dataset = Dataset(
      card: card, train: items(train, generator.split("train")), test: items(test, generator.split("test")))
    return Subject(model: self, dataset: dataset, configuration: configuration, seed: seed)
  }
}

extension Configuration {
  /// Small counts.
  static func toy() throws -> Configuration {
    let json = """
      {
        "dataset": { "name": "analytic", "preprocessing": "none", "trainLimit": 0, "testLimit": 0, "augment": false },
        "method": { "name": "vae", "prior": "standard", "posterior": "gaussian", "settings": {}},
        "likelihood": {"name": "gaussian", "settings": {"mseWeight": 1}},
        "network": { "name": "none", "latents": 2, "leakySlope": 1, "couplingBlocks": 6 },
        "training": {
          "iterations": 0, "batch": 20, "learningRate": 0, "halveEvery": 0, "beta1": 0, "beta2": 0, "epsilon": 0, "selection": "last",
          "checkpointEvery": 1, "logEvery": 1, "secondStage": {"iterations": 0, "halveEvery": 0}
        },
        "evaluation": {
          "samples": 300, "lowPosteriorDraws": 50, "lowPosteriorKept": 10, "sklSamples": 500, "leakageSamples": 400,
          "leakagePosteriors": 100, "likelihoodImages": 20, "likelihoodSamples": 150, "lowPosteriorDensity": "exact"
        }
      }
      """
    return try JSONDecoder().decode(Configuration.self, from: Data(json.utf8))
  }
}
