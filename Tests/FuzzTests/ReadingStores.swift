import Experiments
import Foundation
import Reporting

@testable import Store

/// A picture out of a store, which may be somebody else's, up to what a report makes of it.
func readArtefact(_ input: FuzzInput) throws {
  for kind in ["grid", "points"] {
    guard let artefact = Artefact(name: "samples", kind: kind, bytes: Data(input.bytes)) else { continue }
    precondition(artefact.bytes == Data(input.bytes), "a picture is not what it was read from")
    if case .grid(let grid) = artefact.content { _ = Raster(grid) }
  }
}

/// A store, up to all that a report, `status` and `doctor` ask of it.
func readStore(_ input: FuzzInput) throws {
  let store = try RunStore.read(input.path)
  _ = (try store.records(), try store.events(), try store.snapshots(), try store.holders(at: 0), try store.health())
}
