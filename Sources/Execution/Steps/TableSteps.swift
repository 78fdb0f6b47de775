internal import CKernels

/// Picks rows of a table.
struct GatherStep: Step {
  let output: UnsafeMutablePointer<Float>
  let table: UnsafeMutablePointer<Float>
  let indices: UnsafeMutablePointer<Float>
  let picked: Int
  let columns: Int

  func run(_ context: RunContext) { kernel_gather(output, table, indices, picked, columns) }
}

/// Adds rows into a table of zeros.
struct ScatterStep: Step {
  let output: UnsafeMutablePointer<Float>
  let rows: UnsafeMutablePointer<Float>
  let indices: UnsafeMutablePointer<Float>
  let picked: Int
  let columns: Int
  let total: Int

  func run(_ context: RunContext) { kernel_scatter(output, rows, indices, picked, columns, total) }
}
