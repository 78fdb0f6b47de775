import Tensors

extension Survey {
  /// Floating-point operations of the convolution or matrix product of a group, 0 of others: a multiply-add counts as
  /// two, and taps on padding count like any others.
  func operations(of group: Group) -> Double { operations(of: group.members[0]) }

  /// The same of a node by itself.
  func operations(of node: Int) -> Double {
    switch operation(node) {
    case let family as any ConvolutionFamily:
      return family.convolutionShape(output: shape(node), inputs: inputs(node).map(shape)).operations
    case let product as Matmul:
      let inner = shape(inputs(node)[0])[product.transposesLeft ? 0 : 1]
      return 2 * Double(shape(node).count) * Double(inner)
    default: return 0
    }
  }
}

extension ConvolutionShape {
  /// The same for the convolution and both of its gradients.
  var operations: Double {
    let places = Double(batch * reducedHeight) * Double(reducedWidth)
    return 2 * places * Double(outputs * inputs) * Double(kernel.area)
  }
}
