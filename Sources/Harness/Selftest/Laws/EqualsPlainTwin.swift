import Distributions
import Experiments
import Foundation
import Methods
import Tensors

/// Where the prior's map is the identity a method is its plain twin.
///
/// A flow's divergence is estimated at one code while the standard prior's has a closed form: the twin is given the same
/// estimate, ½ Σ (z² − log σ²).
struct EqualsPlainTwin: Law {
  let name = "twin"
  let statement = "where the prior's map is the identity a method is its plain twin"

  /// The same sum in another order, in single precision.
  private static let tolerance = 1e-5

  func applies(to specimen: Specimen) -> Bool {
    specimen.configuration.method.prior != .standard || specimen.configuration.method.posterior == .planar
  }

  func check(_ specimen: Specimen) throws -> Observation {
    let own = try TinyBatch(specimen)
    let objective = specimen.method.objective(own.pass)
    own.parameters.add(parametersOf: own.pass.graph, seed: 0)
    for slice in own.parameters.slices where slice.name.hasPrefix("prior.") {
      own.parameters.values(slice.name).update(repeating: 0)
    }
    let (bent, plain) = (try own.scalars([objective])[0], try plainObjective(specimen, like: own.pass))
    return Observation(
      holds: abs(bent - plain) <= Self.tolerance * max(1, abs(plain)),
      account: String(format: "%.6g against %.6g", bent, plain))
  }

  private func plainObjective(_ specimen: Specimen, like pass: ForwardPass) throws -> Double {
    var configuration = specimen.configuration
    configuration.method.prior = .standard
    if configuration.method.posterior == .planar { configuration.method.posterior = .gaussian }
    let batch = try TinyBatch(specimen, configuration)
    let twin = batch.pass
    let rates =
      pass.prior is any FlowPrior ? (twin.codes.square - twin.logVariance).sumPerItem() * 0.5 : twin.rates
    let replaced = ForwardPass(
      batch: twin.batch, trainCount: twin.trainCount, reconstruction: twin.reconstruction, rates: rates,
      codes: twin.codes, mean: twin.mean, logVariance: twin.logVariance, prior: twin.prior)
    return try batch.scalars([specimen.method.objective(replaced)])[0]
  }
}
