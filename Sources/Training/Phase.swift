import Tensors

/// The parts of an iteration compiled over one store: run in order, each once an iteration.
struct Phase {
  /// Each part's program, in order.
  private(set) var stations: [Station] = []
  /// The parameters that the parts update, which have moments.
  let trained: [String]
  private let seed: UInt64

  struct Station {
    let executable: any Executable
    fileprivate var sources: [(input: String, source: Source)]
  }

  fileprivate enum Source {
    case batches(Batches)
    case rows(Matrix, Shuffle)
    case carried(any Executable)
  }

  /// Adds the parts' parameters to the store, all before the first part is compiled.
  /// - Parameters:
  ///   - batches: the training items' batches for a purpose.
  ///   - shuffle: the order of a table's rows, given their number.
  /// - Throws: what the executor throws on compiling.
  init(
    _ parts: [TrainingPart], parameters: ParameterStore, executor: any Executor, seed: UInt64,
    batches: (_ purpose: String?) -> Batches, shuffle: (_ rows: Int) -> Shuffle
  ) throws {
    self.seed = seed
    trained = parts.flatMap { $0.program.update?.parameterNames ?? [] }
    for part in parts { parameters.add(parametersOf: part.program.graph, seed: seed) }
    var origins: [String: any Executable] = [:]
    for part in parts {
      let executable = try executor.compile(part.program, parameters: parameters)
      let sources = part.feeds.map { input, feed in
        switch feed {
        case .items(let purpose): (input: input, source: Source.batches(batches(purpose)))
        case .rows(let table): (input: input, source: Source.rows(table, shuffle(table.rows)))
        case .carried: (input: input, source: Source.carried(origin(of: input, in: origins)))
        }
      }
      stations.append(Station(executable: executable, sources: sources))
      for output in part.program.outputs { origins[output.name] = executable }
    }
  }

  /// Runs an iteration, counted from 0.
  mutating func run(step: Int) {
    for index in stations.indices {
      stations[index].feed(step: step)
      stations[index].executable.run(seed: seed, step: UInt64(step))
    }
  }
}

/// The program that puts out what a later part takes up.
private func origin(of input: String, in origins: [String: any Executable]) -> any Executable {
  guard let executable = origins[input] else { preconditionFailure("no earlier part puts out \(input)") }
  return executable
}

extension Phase.Station {
  /// Fills the inputs for an iteration.
  fileprivate mutating func feed(step: Int) {
    for index in sources.indices {
      let buffer = executable.input(sources[index].input)
      sources[index].source.fill(buffer, name: sources[index].input, step: step)
    }
  }
}

extension Phase.Source {
  fileprivate mutating func fill(_ buffer: UnsafeMutableBufferPointer<Float>, name: String, step: Int) {
    switch self {
    case .batches(var batches):
      batches.fill(buffer, step: step)
      self = .batches(batches)
    case .rows(let table, var shuffle):
      for (position, row) in shuffle.indices(step: step).enumerated() {
        let place = (position * table.columns)..<((position + 1) * table.columns)
        _ = UnsafeMutableBufferPointer(rebasing: buffer[place]).update(fromContentsOf: table[Int(row)])
      }
      self = .rows(table, shuffle)
    case .carried(let origin): _ = buffer.update(fromContentsOf: origin.output(name))
    }
  }
}
