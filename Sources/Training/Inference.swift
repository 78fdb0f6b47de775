import Tensors

/// A planned program from rows to rows.
struct Inference {
  /// The rows that one run of the program takes.
  private static let chunk = 250

  private let executable: any Executable
  /// Numbers in a row of the input, and of each output.
  private let inputSize: Int
  private let outputSizes: [Int]

  /// - Parameters:
  ///   - rowShape: the shape of one row of the input; the trace sees `[chunk] + rowShape`.
  ///   - trace: from the input to the outputs, each with the rows as its first axis.
  /// - Throws: what the executor throws on compiling.
  init(
    rowShape: Shape, _ parameters: ParameterStore, _ executor: any Executor, _ trace: (Tensor) -> [Tensor]
  ) throws {
    let graph = Graph()
    let outputs = trace(graph.input("rows", Shape([Self.chunk] + rowShape.dimensions)))
    let named = outputs.enumerated().map { (name: "\($0.offset)", tensor: $0.element) }
    executable = try executor.compile(Program(graph: graph, outputs: named), parameters: parameters)
    inputSize = rowShape.count
    outputSizes = outputs.map { $0.shape.count / Self.chunk }
  }

  /// The outputs for any number of rows.
  func callAsFunction(_ rows: Matrix) -> [Matrix] {
    precondition(rows.columns == inputSize, "rows of \(rows.columns) numbers, where the model takes \(inputSize)")
    var results = outputSizes.map { _ in [Float]() }
    for index in results.indices { results[index].reserveCapacity(rows.rows * outputSizes[index]) }
    for start in stride(from: 0, to: rows.rows, by: Self.chunk) {
      let count = min(Self.chunk, rows.rows - start)
      feed(rows.values[(start * inputSize)..<((start + count) * inputSize)])
      executable.run(seed: 0, step: 0)
      for (index, size) in outputSizes.enumerated() {
        results[index] += executable.output("\(index)").prefix(count * size)
      }
    }
    return zip(results, outputSizes).map { Matrix(rows: rows.rows, columns: $1, values: $0) }
  }

  private func feed(_ values: ArraySlice<Float>) {
    let input = executable.input("rows")
    let end = input.update(fromContentsOf: values)
    input[end...].update(repeating: 0)
  }
}
