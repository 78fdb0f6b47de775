import Foundation
import Methods
import Tensors
import Training

/// Saved weights make the same model.
struct SavesExactly: Law {
  let name = "saves"
  let statement = "a model loaded from its saved weights gives the same bits"

  func check(_ specimen: Specimen) throws -> Observation {
    let (model, items) = (try specimen.trained(), specimen.testItems(50))
    let path = NSTemporaryDirectory() + "assay-selftest-\(UUID().uuidString).safetensors"
    defer { unlink(path) }
    try model.save(to: path)
    let loaded = try TrainedModel(
      loading: path, configuration: specimen.configuration, executor: specimen.executor)
    let codes = model.encode(items)
    return Observation(
      holds: loaded.weightsHash == model.weightsHash && loaded.encode(items) == codes
        && loaded.decode(codes.means) == model.decode(codes.means),
      account: "weights \(model.weightsHash.prefix(12)) and \(loaded.weightsHash.prefix(12))")
  }
}
