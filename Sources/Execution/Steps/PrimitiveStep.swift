internal import COneDNN

/// A oneDNN primitive bound to its buffers.
struct PrimitiveStep: Step {
  let primitive: Primitive
  let first: UnsafeMutablePointer<Float>
  let second: UnsafeMutablePointer<Float>
  let bias: UnsafeMutablePointer<Float>?
  let output: UnsafeMutablePointer<Float>

  func run(_ context: RunContext) {
    let status = onednn_run(primitive.handle, first, second, bias, output)
    precondition(status == 0, "oneDNN failed in \(primitive.label): \(Primitive.lastError)")
  }
}

/// A oneDNN primitive with its scratch memory, made once.
final class Primitive {
  let handle: OpaquePointer
  let label: String

  /// - Throws: `ExecutionError.refused` where oneDNN has no implementation, `.reference` where it is reference code.
  init(_ operation: String, make: () -> OpaquePointer?) throws {
    guard let handle = make() else { throw ExecutionError.refused(operation: operation, reason: Self.lastError) }
    self.handle = handle
    let implementation = String(cString: onednn_implementation(handle))
    label = "\(operation) by \(implementation)"
    try ExecutionError.refuseReference(operation, implementation)
  }

  deinit { onednn_free(handle) }

  static var lastError: String { String(cString: onednn_error()) }
}
