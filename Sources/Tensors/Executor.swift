/// The only thing that knows a device: makes a program ready to run there.
package protocol Executor: Sendable {
  /// Plans the program and binds its parameters to the store's slices.
  /// - Throws: where the device has no acceptable implementation of an operation.
  func compile(_ program: Program, parameters: ParameterStore) throws -> any Executable
}

/// A planned program with its buffers. Not thread-safe: one caller at a time.
package protocol Executable: AnyObject {
  /// The buffer of an input of the program, to be filled before a run.
  func input(_ name: String) -> UnsafeMutableBufferPointer<Float>

  /// Runs the program once. Random draws are those of `seed` on stream `step`; an update counts as Adam's step
  /// `step + 1`.
  func run(seed: UInt64, step: UInt64)

  /// The value of an output after the last run.
  func output(_ name: String) -> UnsafeBufferPointer<Float>
}

extension Executable {
  /// The value of an output that is a single number.
  package func scalar(_ name: String) -> Float { output(name)[0] }
}
