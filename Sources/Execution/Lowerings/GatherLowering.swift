import Tensors

extension Gather: Lowerable {
  func lower(_ node: Int, in planner: inout Planner) throws {
    let operands = planner.survey.inputs(node)
    let (table, indices) = (planner.buffer(of: operands[0], as: .plain), planner.buffer(of: operands[1], as: .plain))
    let (output, shape) = (planner.define(node), planner.survey.shape(node))
    planner.emit("gather \(shape)", reads: [table, indices], writes: [output]) { memory in
      GatherStep(
        output: memory[output], table: memory[table], indices: memory[indices], picked: shape[0], columns: shape[1])
    }
  }
}

extension Scatter: Lowerable {
  func lower(_ node: Int, in planner: inout Planner) throws {
    let operands = planner.survey.inputs(node)
    let (rows, indices) = (planner.buffer(of: operands[0], as: .plain), planner.buffer(of: operands[1], as: .plain))
    let (output, shape) = (planner.define(node), planner.survey.shape(operands[0]))
    let total = self.rows
    planner.emit("scatter \(shape) into \(total) rows", reads: [rows, indices], writes: [output]) { memory in
      ScatterStep(
        output: memory[output], rows: memory[rows], indices: memory[indices], picked: shape[0], columns: shape[1],
        total: total)
    }
  }
}
