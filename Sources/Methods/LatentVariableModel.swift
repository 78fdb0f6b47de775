package import Tensors

/// A trained model as metrics see it: numbers in, numbers out, no graph.
///
/// z is a code in representation space, where the encoder's posterior q(z|x) = N(mean, diag e^logVariance) lives;
/// z₀ = g(z) is the same code in generation space, where the prior is N(0, I). Without a decoupled prior g is the
/// identity and its log-determinant zero.
package protocol LatentVariableModel {
  /// The number L of latent dimensions.
  var latents: Int { get }

  /// The number D of pixels times channels of an item.
  var size: Int { get }

  /// Items `[n, D]` to posteriors `[n, L]`.
  func encode(_ items: Matrix) -> Posteriors

  /// Codes z `[n, L]` to means of items `[n, D]`.
  func decode(_ codes: Matrix) -> Matrix

  /// Codes z `[n, L]` to what the papers show of p(x|z), `[n, D]`: means, or draws where the likelihood says so.
  /// - Parameter row: the number of the first code among all those shown by this generator.
  func show(_ codes: Matrix, by generator: Generator, from row: Int) -> Matrix

  /// −log p(x|z) of each of the items `[n, D]` given its code `[n, L]`, in nats with all constants.
  func distortions(of items: Matrix, given codes: Matrix) -> [Double]

  /// The same, with Σ (x − x̂)² of each item, x̂ the mean of p(x|z): codes are decoded once for both.
  func errors(of items: Matrix, given codes: Matrix) -> (distortions: [Double], squaredErrors: [Double])

  /// log σ of p(x|z) where it is one number that training has learned; `nil` where it has not, or there are many.
  var learnedLogDeviation: Double? { get }

  /// Codes z `[n, L]` to z₀ = g(z) `[n, L]` with log |det ∂g/∂z| of each.
  func generation(of codes: Matrix) -> (codes: Matrix, logDeterminants: [Float])

  /// Codes z₀ `[n, L]` to z = g⁻¹(z₀) `[n, L]`.
  func representation(of generationCodes: Matrix) -> Matrix

  /// Draws z of the distribution that the model generates from, `[count, L]`.
  func priorCodes(_ count: Int, by generator: Generator, stream: UInt64) -> Matrix

  /// Codes z `[n, L]` to the posteriors q(u|z) `[n, L]` of a second stage; `nil` where there is none.
  func secondPosteriors(of codes: Matrix) -> Posteriors?
}

extension LatentVariableModel {
  package func errors(of items: Matrix, given codes: Matrix) -> (distortions: [Double], squaredErrors: [Double]) {
    let means = decode(codes)
    let squaredErrors = (0..<items.rows).map { row in
      zip(items[row], means[row]).reduce(0.0) { total, pair in
        let difference = Double(pair.0) - Double(pair.1)
        return total + difference * difference
      }
    }
    return (distortions(of: items, given: codes), squaredErrors)
  }

  package var learnedLogDeviation: Double? { nil }

  package func secondPosteriors(of codes: Matrix) -> Posteriors? { nil }

  package func show(_ codes: Matrix, by generator: Generator, from row: Int) -> Matrix { decode(codes) }

  /// z = g⁻¹(z₀), z₀ ~ N(0, I).
  package func priorCodes(_ count: Int, by generator: Generator, stream: UInt64) -> Matrix {
    let noise = generator.normals(count * latents, stream: stream)
    return representation(of: Matrix(rows: count, columns: latents, values: noise))
  }
}

/// Diagonal Gaussians q(z|x), one for each item.
package struct Posteriors: Sendable, Equatable {
  /// `[n, L]`
  package var means: Matrix
  /// `[n, L]`
  package var logVariances: Matrix

  package init(means: Matrix, logVariances: Matrix) {
    self.means = means
    self.logVariances = logVariances
  }

  package var count: Int { means.rows }

  /// The log-variance of a posterior that is a point.
  package static let pointLogVariance: Float = -200
}
