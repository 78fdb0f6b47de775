import Datasets
import Experiments
import Methods
import Tensors

/// Every test item's posterior, one code drawn from it, and how well that code rebuilds the item.
struct TestCodes {
  let posteriors: Posteriors
  /// One z for each item, `[items, latents]`.
  let samples: Matrix
  /// SSE = Σ (x − x̂)² of each item, x̂ decoded from its z.
  let squaredErrors: [Double]
  /// −log p(x|z) of each item, in nats with all constants.
  let distortions: [Double]
  /// KL(q(z|x) ‖ p(z)) of each item, in nats.
  ///
  /// Exact for the standard prior. For any other one the cross-entropy is estimated at the item's z, the entropy is
  /// exact: −½ Σ log σ² − L/2 + ½ ‖g(z)‖² − log |det ∂g/∂z| (dpVAE, eq. 5, with the constant it drops).
  let rates: [Double]

  init(of subject: Subject, generator: Generator) {
    let (model, test) = (subject.model, subject.dataset.test)
    var (means, logVariances, samples) = ([Matrix](), [Matrix](), [Matrix]())
    var (squaredErrors, distortions, rates) = ([Double](), [Double](), [Double]())
    for (index, range) in chunks(test.count).enumerated() {
      let items = test.matrix(range)
      let posteriors = model.encode(items)
      let z = posteriors.samples(Array(0..<range.count), generator, stream: UInt64(index))
      let errors = model.errors(of: items, given: z)
      squaredErrors += errors.squaredErrors
      distortions += errors.distortions
      rates += subject.rates(of: posteriors, at: z)
      means.append(posteriors.means)
      logVariances.append(posteriors.logVariances)
      samples.append(z)
    }
    posteriors = Posteriors(
      means: .stacking(means, columns: model.latents), logVariances: .stacking(logVariances, columns: model.latents))
    self.samples = .stacking(samples, columns: model.latents)
    self.squaredErrors = squaredErrors
    self.distortions = distortions
    self.rates = rates
  }
}

extension Subject {
  fileprivate func rates(of posteriors: Posteriors, at codes: Matrix) -> [Double] {
    if hasClosedRate { return (0..<posteriors.count).map { posteriors.divergenceFromStandardNormal($0) } }
    let generation = model.generation(of: codes)
    return (0..<posteriors.count).map { row in
      let spread = posteriors.logVariances[row].reduce(0.0) { $0 + Double($1) }
      return 0.5 * (squaredNorm(generation.codes[row]) - spread - Double(model.latents))
        - Double(generation.logDeterminants[row])
    }
  }
}

extension Posteriors {
  /// KL(N(μ, diag σ²) ‖ N(0, I)) = ½ Σ (μ² + σ² − 1 − log σ²) of one item.
  func divergenceFromStandardNormal(_ row: Int) -> Double {
    zip(means[row], logVariances[row]).reduce(0.0) { total, pair in
      let (mean, logVariance) = (Double(pair.0), Double(pair.1))
      return total + 0.5 * (mean * mean + exponential(logVariance) - 1 - logVariance)
    }
  }

  /// Codes z = μ + σ · ε of the posteriors with the given indices, `[indices, latents]`.
  func samples(_ indices: [Int], _ generator: Generator, stream: UInt64 = 0) -> Matrix {
    let columns = means.columns
    var codes = Matrix(
      rows: indices.count, columns: columns, values: generator.normals(indices.count * columns, stream: stream))
    for (row, index) in indices.enumerated() {
      for column in 0..<columns {
        let deviation = Float(exponential(0.5 * Double(logVariances[index, column])))
        codes[row, column] = means[index, column] + deviation * codes[row, column]
      }
    }
    return codes
  }

  /// The posteriors with the given indices.
  func picking(_ indices: [Int]) -> Posteriors {
    Posteriors(means: means.picking(indices), logVariances: logVariances.picking(indices))
  }
}
