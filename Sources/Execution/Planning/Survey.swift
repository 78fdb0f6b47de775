import Tensors

/// What a program needs of its graph: the nodes that outputs and updates depend on, and who reads each.
struct Survey {
  let graph: Graph
  /// For each node, whether anything depends on it.
  let isNeeded: [Bool]
  /// For each node, whether its value is asked for after the run or by the update, so that it must be in memory.
  let isPinned: [Bool]
  /// For each node, the needed nodes that read it, once per use.
  let readers: [[Int]]

  init(_ program: Program) {
    graph = program.graph
    var pinned = Array(repeating: false, count: graph.nodes.count)
    for tensor in program.wanted { pinned[tensor.index] = true }
    var needed = pinned
    for assignment in graph.assignments { needed[assignment.state.index] = true }
    for index in graph.nodes.indices.reversed() where needed[index] {
      for input in graph.nodes[index].inputs { needed[input] = true }
    }
    var readers = Array(repeating: [Int](), count: graph.nodes.count)
    for index in graph.nodes.indices where needed[index] {
      for input in graph.nodes[index].inputs { readers[input].append(index) }
    }
    (isNeeded, isPinned, self.readers) = (needed, pinned, readers)
  }

  func operation(_ node: Int) -> any Operation { graph.nodes[node].operation }
  func shape(_ node: Int) -> Shape { graph.nodes[node].shape }
  func inputs(_ node: Int) -> [Int] { graph.nodes[node].inputs }

  /// Whether only that one node reads the value, so that it need not be written to memory for anyone else.
  func isPrivate(_ node: Int, to reader: Int) -> Bool { !isPinned[node] && readers[node] == [reader] }
}
