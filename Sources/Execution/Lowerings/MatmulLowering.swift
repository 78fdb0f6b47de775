internal import COneDNN
import Tensors

extension Matmul: Lowerable {
  func lower(_ node: Int, in planner: inout Planner) throws {
    let survey = planner.survey
    let (left, right) = (survey.inputs(node)[0], survey.inputs(node)[1])
    let (rows, columns) = (survey.shape(node)[0], survey.shape(node)[1])
    let inner = survey.shape(left)[transposesLeft ? 0 : 1]
    let primitive = try Primitive("product [\(rows), \(inner)] · [\(inner), \(columns)]") {
      onednn_matmul(
        Int64(rows), Int64(columns), Int64(inner), transposesLeft ? 1 : 0, transposesRight ? 1 : 0)
    }
    let (a, b) = (planner.buffer(of: left, as: .plain), planner.buffer(of: right, as: .plain))
    try planner.emit(primitive, a, b, to: planner.define(node))
  }
}
