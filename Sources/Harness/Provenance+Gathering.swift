import CKernels
import COneDNN
import COpenBLAS
import Datasets
package import Experiments
import Foundation
import Store

extension Provenance {
  /// Where this process's numbers come from.
  /// - Throws: `StoreError`.
  static func gather(_ job: WorkerJob, dataset: Dataset, store: RunStore) throws -> Provenance {
    Provenance(
      code: job.code, host: Machine.host, processor: Machine.processor,
      instructionSet: String(cString: kernel_instruction_set()), threads: job.threads,
      libraries: libraries.merging(["SQLite": try store.engineVersion()]) { $1 },
      data: [dataset.card.name: dataset.digest],
      dataRemarks: dataset.remarks.isEmpty ? nil : dataset.remarks.map { "\(dataset.card.name): \($0)" })
  }

  /// The libraries whose version could change a number.
  package static var libraries: [String: String] {
    [
      "OpenBLAS": String(cString: openblas_get_config()).split(separator: " ").dropFirst().first.map(String.init)
        ?? "unknown",
      "oneDNN": String(cString: onednn_version()),
    ]
  }
}

extension WorkerJob {
  /// What decides a training's bits besides its run and data: the code, exactly.
  var program: String { CodeVersion.exactly(code) }
}
