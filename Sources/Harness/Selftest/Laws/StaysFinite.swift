import Experiments
import Training

/// No loss and no weight stops being a number in the training.
struct StaysFinite: Law {
  let name = "finite"
  let statement = "300 iterations leave every loss and every weight a number"

  func check(_ specimen: Specimen) throws -> Observation {
    do {
      let points = try specimen.trained().curves
      return Observation(holds: points.allSatisfy(\.value.isFinite), account: "\(points.count) points of curves")
    } catch TrainingError.diverged(let iteration) {
      return Observation(holds: false, account: "diverged in iteration \(iteration)")
    }
  }
}
