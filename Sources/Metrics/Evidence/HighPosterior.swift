import Experiments
import Methods
import Tensors

/// Draws of the aggregate posterior where the prior is thinnest: of ten times a batch the batch with the lowest density,
/// lowest first, and so on with further draws until there are enough.
///
/// The density is that of g(z) under N(0, I), over all dimensions, or over the first two as the released code has it.
/// Source: riddhishb/dpVAE, `high_posterior`.
struct HighPosterior {
  private let subject: Subject
  private let posteriors: Posteriors
  private let generator: Generator

  /// - Parameter posteriors: of held-out items; their mixture is q(z).
  init(of subject: Subject, among posteriors: Posteriors, generator: Generator) {
    (self.subject, self.posteriors, self.generator) = (subject, posteriors, generator)
  }

  /// Codes z `[count, latents]`.
  func codes(_ count: Int) -> Matrix {
    let rounds = (count + subject.configuration.training.batch - 1) / subject.configuration.training.batch
    let parts = (0..<rounds).map { kept(generator.split(UInt64($0))) }
    return Matrix.stacking(parts, columns: subject.model.latents).rows(0..<count)
  }

  private func kept(_ generator: Generator) -> Matrix {
    let count = subject.configuration.training.batch
    let draws = posteriors.mixtureSamples(10 * count, generator)
    let generation = subject.model.generation(of: draws).codes
    let dimensions = subject.settings.lowPosteriorDensity == .authors ? 2 : generation.columns
    let exponents = (0..<draws.rows).map { -0.5 * squaredNorm(generation[$0].prefix(dimensions)) }
    return draws.picking(lowest(count, of: exponents))
  }
}
