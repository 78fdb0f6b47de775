import Tensors

/// A planned program from rows to rows, of one matrix or of several side by side.
struct Inference {
  /// The rows that one run of the program takes: 250, or fewer where a tensor of so many would be large.
  private let chunk: Int
  private let executable: any Executable
  /// Numbers in a row of each input, and of each output.
  private let inputSizes: [Int]
  private let outputSizes: [Int]

  /// - Parameters:
  ///   - rowShapes: the shape of one row of each input; the trace sees `[chunk] + rowShape`.
  ///   - trace: from the inputs to the outputs, each with the rows as its first axis.
  /// - Throws: what the executor throws on compiling.
  init(
    rowShapes: [Shape], _ parameters: ParameterStore, _ executor: any Executor, _ trace: ([Tensor]) -> [Tensor]
  ) throws {
    let chunk = max(1, min(250, Self.largest / Self.traced(rowShapes, chunk: 1, trace).graph.largestTensor))
    let (graph, outputs) = Self.traced(rowShapes, chunk: chunk, trace)
    let named = outputs.enumerated().map { (name: "\($0.offset)", tensor: $0.element) }
    executable = try executor.compile(Program(graph: graph, outputs: named), parameters: parameters)
    inputSizes = rowShapes.map(\.count)
    outputSizes = outputs.map { $0.shape.count / chunk }
    self.chunk = chunk
  }

  /// The numbers that a tensor of a program should not exceed.
  private static let largest = 16 << 20

  private static func traced(
    _ rowShapes: [Shape], chunk: Int, _ trace: ([Tensor]) -> [Tensor]
  ) -> (graph: Graph, outputs: [Tensor]) {
    let graph = Graph()
    let inputs = rowShapes.enumerated().map { index, shape in
      graph.input("rows\(index)", Shape([chunk] + shape.dimensions))
    }
    return (graph, trace(inputs))
  }

  /// The outputs for any number of rows, the same of each input.
  /// - Parameters:
  ///   - seed: of random draws.
  ///   - row: the number of the first row among all that are drawn for with this seed.
  func callAsFunction(_ inputs: Matrix..., seed: UInt64 = 0, from row: Int = 0) -> [Matrix] {
    let count = inputs[0].rows
    precondition(
      inputs.map(\.columns) == inputSizes && inputs.allSatisfy { $0.rows == count },
      "rows of \(inputs.map(\.columns)) numbers, where the model takes \(inputSizes)")
    var results = outputSizes.map { _ in [Float]() }
    for index in results.indices { results[index].reserveCapacity(count * outputSizes[index]) }
    for start in stride(from: 0, to: count, by: chunk) {
      let rows = start..<min(start + chunk, count)
      for index in inputs.indices { feed(inputs[index], rows, to: index) }
      executable.run(seed: seed, step: UInt64(row + start))
      for (index, size) in outputSizes.enumerated() {
        results[index] += executable.output("\(index)").prefix(rows.count * size)
      }
    }
    return zip(results, outputSizes).map { Matrix(rows: count, columns: $1, values: $0) }
  }

  private func feed(_ matrix: Matrix, _ rows: Range<Int>, to index: Int) {
    let (input, size) = (executable.input("rows\(index)"), matrix.columns)
    let end = input.update(fromContentsOf: matrix.values[(rows.lowerBound * size)..<(rows.upperBound * size)])
    input[end...].update(repeating: 0)
  }
}

extension Graph {
  /// The numbers of the largest tensor that is computed.
  fileprivate var largestTensor: Int {
    nodes.filter { !($0.operation is Parameter) }.map(\.shape.count).max() ?? 1
  }
}
