internal import COneDNN
import Tensors

/// A oneDNN primitive bound to its buffers.
struct PrimitiveStep: Step {
  let primitive: Primitive
  let first: UnsafeMutablePointer<Float>
  let second: UnsafeMutablePointer<Float>
  let bias: UnsafeMutablePointer<Float>?
  let output: UnsafeMutablePointer<Float>
  let scratch: UnsafeMutablePointer<Float>?

  func run(_ context: RunContext) {
    let status = onednn_run(primitive.handle, first, second, bias, output, scratch)
    precondition(status == 0, "oneDNN failed in \(primitive.label): \(Primitive.lastError)")
  }
}

/// A oneDNN primitive, made once.
final class Primitive {
  let handle: OpaquePointer
  let label: String
  /// The numbers that a run needs room for besides.
  let scratchCount: Int
  private let operation: String
  private let make: () -> OpaquePointer?

  /// - Throws: `ExecutionError.refused` where oneDNN has no implementation, `.reference` where it is reference code.
  init(_ operation: String, threads: Int = 1, make: @escaping () -> OpaquePointer?) throws {
    onednn_set_threads(Int32(clamping: threads))
    defer { onednn_set_threads(1) }
    guard let handle = make() else { throw ExecutionError.refused(operation: operation, reason: Self.lastError) }
    (self.handle, self.operation, self.make) = (handle, operation, make)
    scratchCount = onednn_scratch(handle)
    let implementation = String(cString: onednn_implementation(handle))
    label = "\(operation) by \(implementation)" + (threads > 1 ? " on \(threads) threads" : "")
    try ExecutionError.refuseReference(operation, implementation)
  }

  deinit { onednn_free(handle) }

  /// Brings weights into the primitive's own order once; it takes them as they are now from then on.
  ///
  /// - Parameter scratch: room for `scratchCount` numbers.
  /// - Throws: `ExecutionError.refused`.
  func keep(weights: UnsafePointer<Float>, scratch: UnsafeMutablePointer<Float>?) throws {
    guard onednn_keep_weights(handle, weights, scratch) == 0 else {
      throw ExecutionError.refused(operation: operation, reason: Self.lastError)
    }
  }

  static var lastError: String { String(cString: onednn_error()) }
}

extension Primitive {
  /// The numbers in the arrays that a primitive reads and writes.
  struct Counts {
    let first: Int
    let second: Int
    let bias: Int?
    let output: Int
  }

  /// The primitive on several threads where these give the bits of one, else itself.
  ///
  /// Threads that share out the results change nothing; threads that share out a sum change its order. Which of the two
  /// oneDNN does depends on the shape, so both are run once on the same random numbers. The order of a sum does not
  /// depend on the numbers, and among so many results as are asked for another order shows.
  func spread(over threads: Int, _ counts: Counts) throws -> Primitive {
    guard threads > 1, counts.output >= Self.tellingCount else { return self }
    let spread = try Primitive(operation, threads: threads, make: make)
    let numbers = Generator(seed: 0)
    let first = numbers.normals(counts.first, stream: 0)
    let second = numbers.normals(counts.second, stream: 1)
    let bias = counts.bias.map { numbers.normals($0, stream: 2) }
    let results = try [self, spread].map { try $0.result(first, second, bias, count: counts.output) }
    return results[0] == results[1] ? spread : self
  }

  /// So many results that two ways to sum do not agree in all of them by chance: they agree in at most some nine of ten.
  private static let tellingCount = 512

  /// The bits that come out.
  private func result(_ first: [Float], _ second: [Float], _ bias: [Float]?, count: Int) throws -> [UInt32] {
    var output = [Float](repeating: 0, count: count)
    let scratch = UnsafeMutablePointer<Float>.alignedZeros(max(scratchCount, 1))
    defer { UnsafeMutableRawPointer(scratch).deallocate() }
    let status =
      if let bias { onednn_run(handle, first, second, bias, &output, scratch) } else {
        onednn_run(handle, first, second, nil, &output, scratch)
      }
    guard status == 0 else { throw ExecutionError.refused(operation: operation, reason: Self.lastError) }
    return output.map(\.bitPattern)
  }
}
