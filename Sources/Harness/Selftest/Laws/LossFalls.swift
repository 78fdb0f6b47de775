import Experiments
import Foundation
import Training

/// The mean loss of the last iterations is below that of the first.
struct LossFalls: Law {
  let name = "falls"
  let statement = "the mean loss of the last 50 iterations is below that of the first 50"

  func check(_ specimen: Specimen) throws -> Observation {
    let losses = try specimen.trained().curves.filter { $0.name == "loss" }.map(\.value)
    guard let first = losses.first, let last = losses.last else {
      return Observation(holds: false, account: "no loss was recorded")
    }
    return Observation(holds: last < first, account: String(format: "from %.4g to %.4g", first, last))
  }
}
