import Foundation
import Methods

/// At the settings of its special case a method has the simpler one's objective.
struct SpecialCaseHolds: Law {
  let name = "case"
  let statement = "at the settings of its special case a method is the simpler one"

  /// The same sum in another order, in single precision.
  private static let tolerance = 1e-5

  func check(_ specimen: Specimen) throws -> Observation {
    let type = type(of: specimen.method)
    let (batch, special) = (try TinyBatch(specimen), type.specialCase)
    let method = type.init(settings: try type.card.values(special.settings))
    let values = try batch.scalars([method.objective(batch.pass), special.objective(batch.pass)])
    let difference = abs(values[0] - values[1])
    return Observation(
      holds: difference <= Self.tolerance * max(1, abs(values[1])),
      account: "\(special.statement); \(String(format: "%.6g against %.6g", values[0], values[1]))")
  }
}
