/// Why a program cannot run on this machine.
package enum ExecutionError: Error, CustomStringConvertible, Equatable {
  /// oneDNN has only its reference code for an operation, which would be slower by orders of magnitude.
  case reference(operation: String, implementation: String)
  /// oneDNN refused an operation.
  case refused(operation: String, reason: String)
  /// The executor has no kernel for an operation.
  case unknown(operation: String)

  package var description: String {
    switch self {
    case .reference(let operation, let implementation):
      "The plan was refused: \(operation) would run in reference code (\(implementation)); change its shape or layout."
    case .refused(let operation, let reason): "oneDNN cannot run \(operation): \(reason)."
    case .unknown(let operation): "The CPU executor has no kernel for \(operation); add a lowering for it."
    }
  }

  /// Refuses a list of implementation names that holds reference code, as `ref:any` or `jit:avx2; ref:any` do.
  /// - Throws: `ExecutionError.reference`.
  package static func refuseReference(_ operation: String, _ implementation: String) throws(ExecutionError) {
    guard implementation.split(whereSeparator: { !$0.isLetter }).contains("ref") else { return }
    throw .reference(operation: operation, implementation: implementation)
  }
}
