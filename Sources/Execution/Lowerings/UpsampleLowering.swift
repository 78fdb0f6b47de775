internal import CKernels
import Tensors

extension Upsample: Lowerable {
  func lower(_ node: Int, in planner: inout Planner) throws {
    let small = planner.survey.shape(planner.survey.inputs(node)[0])
    planner.lowerUpsample(node, small: small, enlargement, isGradient: false)
  }
}

extension UpsampleGradient: Lowerable {
  func lower(_ node: Int, in planner: inout Planner) throws {
    planner.lowerUpsample(node, small: planner.survey.shape(node), enlargement, isGradient: true)
  }
}

extension Planner {
  fileprivate mutating func lowerUpsample(
    _ node: Int, small: Shape, _ enlargement: Enlargement, isGradient: Bool
  ) {
    let (layout, block) = (layouts[node], layouts[node].block(small))
    let (input, output) = (buffer(of: survey.inputs(node)[0], as: layout), define(node))
    emit(
      "up-sampling\(isGradient ? ", backwards," : "") of \(small) by \(enlargement.factor) + \(enlargement.padding)",
      reads: [input], writes: [output]
    ) { memory in
      UpsampleStep(
        output: memory[output], input: memory[input], planes: small[0] * small[1] / block, height: small[2],
        width: small[3], block: block, enlargement: enlargement, isGradient: isGradient)
    }
  }
}

/// Copies every pixel to its places in larger images, or sums it from there.
private struct UpsampleStep: Step {
  let output: UnsafeMutablePointer<Float>
  let input: UnsafeMutablePointer<Float>
  let planes: Int
  let height: Int
  let width: Int
  let block: Int
  let enlargement: Enlargement
  let isGradient: Bool

  func run(_ context: RunContext) {
    let move = isGradient ? kernel_upsample_gradient : kernel_upsample
    move(output, input, planes, height, width, block, enlargement.factor, enlargement.padding)
  }
}
