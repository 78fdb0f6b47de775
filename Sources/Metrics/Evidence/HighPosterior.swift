import Experiments
import Methods
import Tensors

/// Draws of the aggregate posterior where the prior is thinnest: of ten times a batch, the batch with the lowest density.
///
/// The density is that of g(z) under N(0, I), over all dimensions, or over the first two as the released code has it.
/// Source: riddhishb/dpVAE, `high_posterior`.
func highPosteriorCodes(of subject: Subject, among posteriors: Posteriors, generator: Generator) -> Matrix {
  let kept = subject.configuration.training.batch
  let draws = posteriors.mixtureSamples(10 * kept, generator)
  let generation = subject.model.generation(of: draws).codes
  let dimensions = subject.settings.lowPosteriorDensity == .authors ? 2 : generation.columns
  let exponents = (0..<draws.rows).map { -0.5 * squaredNorm(generation[$0].prefix(dimensions)) }
  return draws.picking(lowest(kept, of: exponents))
}
