import Tensors

extension Sum: Lowerable {
  func lower(_ node: Int, in planner: inout Planner) throws {
    planner.lowerReduction(node, axes: axes, isMaximum: false)
  }
}

extension Maximum: Lowerable {
  func lower(_ node: Int, in planner: inout Planner) throws {
    planner.lowerReduction(node, axes: axes, isMaximum: true)
  }
}

extension Planner {
  fileprivate mutating func lowerReduction(_ node: Int, axes: [Int], isMaximum: Bool) {
    let source = survey.inputs(node)[0]
    let sizes = survey.shape(source).dimensions
    let reduced = sizes.indices.map { UInt8(axes.contains($0) ? 1 : 0) }
    let (input, output) = (buffer(of: source, as: .plain), define(node, as: .plain))
    emit("\(isMaximum ? "maximum" : "sum") of \(survey.shape(source)) along \(axes)", reads: [input], writes: [output])
    {
      ReductionStep(
        output: $0[output], input: $0[input], sizes: sizes, reduced: reduced, isMaximum: isMaximum)
    }
  }
}
