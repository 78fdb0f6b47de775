package import Tensors

/// A small graph around one operation, with values for its operands: one line of `OperationCatalog`.
package struct CatalogCase: Sendable, CustomStringConvertible {
  package let name: String
  let operands: [Operand]
  let build: @Sendable ([Tensor]) -> Tensor
  /// Whether the operation's gradient has a gradient too.
  package private(set) var isTwiceDifferentiable = true

  init(_ name: String, _ operands: Operand..., build: @escaping @Sendable ([Tensor]) -> Tensor) {
    self.name = name
    self.operands = operands
    self.build = build
  }

  package var description: String { name }

  /// The same case, left out of the laws about second derivatives; the operation says why.
  var differentiatedOnce: CatalogCase {
    var other = self
    other.isTwiceDifferentiable = false
    return other
  }

  /// Values for the inputs, the cotangent among them; float32 holds each of them exactly.
  package func inputs(_ seed: UInt64) -> [String: [Double]] {
    let generator = Generator(seed: seed).split(name)
    let trace = traced()
    var values = ["cotangent": Operand.real(trace.output.shape).values(generator.split("cotangent"))]
    for (index, operand) in operands.enumerated() {
      values["x\(index)"] = operand.values(generator.split(UInt64(index)))
    }
    return values
  }

  /// Values for inputs and parameters.
  package func point(_ seed: UInt64) -> Point {
    let store = ParameterStore()
    store.add(parametersOf: traced().graph, seed: seed)
    return Point(inputs: inputs(seed), parametersOf: store)
  }

  /// The case as a graph, with its gradients.
  package func traced() -> CatalogTrace {
    let graph = Graph()
    let tensors = operands.enumerated().map { graph.input("x\($0.offset)", $0.element.shape) }
    let output = build(tensors)
    let cotangent = graph.input("cotangent", output.shape)
    let real = zip(tensors, operands).filter { $0.1.isReal }.map { $0.0 }
    return CatalogTrace(output: output, cotangent: cotangent, variables: real + graph.parameters + [cotangent])
  }
}

/// A case of the catalog written into a graph.
package struct CatalogTrace {
  package let output: Tensor
  let cotangent: Tensor
  /// The leaves that may move: real operands, parameters and the cotangent.
  package let variables: [Tensor]
  /// `Σ output · cotangent`, whose gradient is the operation's transposed derivative applied to any upstream.
  package let loss: Tensor
  /// The gradient of the loss with respect to each variable.
  package let gradients: [Tensor]

  package var graph: Graph { output.graph }

  init(output: Tensor, cotangent: Tensor, variables: [Tensor]) {
    self.output = output
    self.cotangent = cotangent
    self.variables = variables
    loss = (output * cotangent).sum()
    gradients = output.graph.gradients(of: loss, withRespectTo: variables)
  }
}

/// The shape of an operand and the numbers it may hold.
enum Operand: Sendable {
  /// Uniform on a range.
  case real(Shape, in: ClosedRange<Float> = -2...2)
  /// Real numbers at least 1/32 from each other and from zero, for functions with a kink; so are those of two operands
  /// with different shifts.
  case apart(Shape, shift: Float = 0.5)
  /// Indices of rows, repeated and out of order.
  case index(Int, below: Int)

  var shape: Shape {
    switch self {
    case .real(let shape, _), .apart(let shape, _): shape
    case .index(let count, _): [count]
    }
  }

  var isReal: Bool {
    if case .index = self { false } else { true }
  }

  func values(_ generator: Generator) -> [Double] {
    switch self {
    case .real(let shape, let range):
      generator.uniforms(shape.count).map { Double(range.lowerBound + $0 * (range.upperBound - range.lowerBound)) }
    case .apart(let shape, let shift):
      generator.permutation(shape.count).map { Double((Float($0 - Int32(shape.count / 2)) + shift) / 8) }
    case .index(let count, let bound):
      generator.uniforms(count).map { Double(($0 * Float(bound)).rounded(.down)) }
    }
  }
}
