import Foundation
import Tensors
import Training

/// Samples of the model are numbers.
struct DrawsSamples: Law {
  let name = "samples"
  let statement = "decoded draws from the prior are numbers, and the two maps between its spaces undo each other"

  /// Six coupling blocks or ten planar layers, each of which rounds, scales by up to e, and is undone.
  private static let tolerance: Float = 1e-2

  func check(_ specimen: Specimen) throws -> Observation {
    let model = try specimen.trained()
    let codes = model.priorCodes(200, by: .init(seed: 0), stream: 0)
    let (samples, there) = (model.decode(codes), model.generation(of: codes).codes)
    let back = model.representation(of: there)
    let distance = zip(back.values, codes.values).map { abs($0 - $1) / max(1, abs($1)) }.max() ?? .nan
    return Observation(
      holds: samples.values.allSatisfy(\.isFinite) && distance < Self.tolerance,
      account: String(format: "%d samples; there and back changes a code by %.1e", samples.rows, distance))
  }
}
