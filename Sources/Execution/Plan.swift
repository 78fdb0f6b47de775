import Tensors

/// A compiled program: steps in order over buffers placed once; a run allocates nothing.
package final class Plan: Executable {
  private let memory: Memory
  /// Kept alive: the steps hold addresses in it.
  private let parameters: ParameterStore
  let steps: [any Step]
  private let inputs: [String: UnsafeMutableBufferPointer<Float>]
  private let outputs: [String: UnsafeBufferPointer<Float>]
  /// What each step does and how, in order, for people and tests.
  package let listing: [String]
  /// What each step computes and moves, in order.
  let work: [StepWork]

  init(
    memory: Memory, parameters: ParameterStore, steps: [any Step], listing: [String], work: [StepWork],
    inputs: [String: UnsafeMutableBufferPointer<Float>], outputs: [String: UnsafeBufferPointer<Float>]
  ) {
    self.memory = memory
    self.parameters = parameters
    self.steps = steps
    self.listing = listing
    self.work = work
    self.inputs = inputs
    self.outputs = outputs
  }

  /// Bytes of the buffers that steps share.
  package var arenaBytes: Int { memory.arenaBytes }

  package func input(_ name: String) -> UnsafeMutableBufferPointer<Float> {
    guard let buffer = inputs[name] else { preconditionFailure("the program reads no input named \(name)") }
    return buffer
  }

  package func run(seed: UInt64, step: UInt64) {
    let context = RunContext(seed: seed, step: step)
    for step in steps { step.run(context) }
  }

  package func output(_ name: String) -> UnsafeBufferPointer<Float> {
    guard let buffer = outputs[name] else { preconditionFailure("the program has no output named \(name)") }
    return buffer
  }
}

/// What differs from one run of a plan to the next.
struct RunContext {
  let seed: UInt64
  let step: UInt64
}

/// A piece of work bound to its buffers.
protocol Step {
  func run(_ context: RunContext)
}

/// The buffers of a plan: one arena for what lives shortly, and buffers of their own for what must last.
final class Memory {
  let arenaBytes: Int
  private let arena: UnsafeMutablePointer<Float>
  private let offsets: [Int?]
  private var lasting: [Int: UnsafeMutablePointer<Float>]
  private let owned: [UnsafeMutablePointer<Float>]

  /// - Parameters:
  ///   - offsets: for each buffer its place in the arena, `nil` where it is not in there.
  ///   - lasting: the counts of those that get memory of their own.
  ///   - external: the addresses of those that others own.
  init(
    arenaCount: Int, offsets: [Int?], lasting: [(buffer: Int, count: Int)],
    external: [Int: UnsafeMutablePointer<Float>]
  ) {
    arena = .alignedZeros(arenaCount)
    arenaBytes = arenaCount * MemoryLayout<Float>.stride
    self.offsets = offsets
    let own = lasting.map { (buffer: $0.buffer, start: UnsafeMutablePointer<Float>.alignedZeros($0.count)) }
    owned = own.map(\.start)
    self.lasting = external
    for item in own { self.lasting[item.buffer] = item.start }
  }

  deinit {
    for pointer in owned + [arena] { UnsafeMutableRawPointer(pointer).deallocate() }
  }

  subscript(buffer: Int) -> UnsafeMutablePointer<Float> {
    if let start = lasting[buffer] { return start }
    guard let offset = offsets[buffer] else { preconditionFailure("buffer \(buffer) has no place") }
    return arena + offset
  }
}
