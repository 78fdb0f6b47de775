/// The product of two matrices, either of them taken transposed: `[n, k] · [k, m]` is `[n, m]`.
package struct Matmul: Operation {
  package let transposesLeft: Bool
  package let transposesRight: Bool

  package func shape(of inputs: [Shape]) -> Shape {
    let (a, b) = (inputs[0], inputs[1])
    precondition(a.rank == 2 && b.rank == 2, "a matrix product needs two matrices, not \(a) and \(b)")
    let inner = (transposesLeft ? a[0] : a[1], transposesRight ? b[1] : b[0])
    precondition(inner.0 == inner.1, "a product of \(a) and \(b) does not fit: \(inner.0) against \(inner.1)")
    return [transposesLeft ? a[1] : a[0], transposesRight ? b[0] : b[1]]
  }

  package func gradients(at application: Application, upstream g: Tensor) -> [Tensor?] {
    let (a, b) = (application.inputs[0], application.inputs[1])
    let left =
      transposesLeft
      ? b.matmul(g, transposed: (transposesRight, true)) : g.matmul(b, transposed: (false, !transposesRight))
    let right =
      transposesRight
      ? g.matmul(a, transposed: (true, transposesLeft)) : a.matmul(g, transposed: (!transposesLeft, false))
    return [left, right]
  }
}

extension Tensor {
  /// The matrix product with another tensor; each side may be taken transposed.
  package func matmul(_ other: Tensor, transposed: (left: Bool, right: Bool) = (false, false)) -> Tensor {
    graph.apply(Matmul(transposesLeft: transposed.left, transposesRight: transposed.right), to: [self, other])
  }
}
