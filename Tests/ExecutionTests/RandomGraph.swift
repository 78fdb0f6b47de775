import NaiveTwin
import Tensors

/// A graph made by chance from a seed: what a person would not think of writing, for the planner to fuse and place.
///
/// Every operation is chosen so that values stay of the order of one. Functions with a kink or a pole are shifted away
/// from zero, which sums and differences of equal values hit exactly.
struct RandomGraph {
  let graph = Graph()
  private(set) var tensors: [Tensor] = []
  private var chance: Chance

  /// Matrices, rows, columns and scalars.
  init(matricesFrom seed: UInt64, operations: Int) {
    chance = Chance(seed: seed)
    let leaves: [Shape] = [[5, 7], [5, 7], [7], [5, 1], [7, 7], []]
    tensors = leaves.enumerated().map { graph.input("x\($0)", $1) }
    tensors.append(graph.normal([5, 7], purpose: "noise"))
    tensors.append(graph.parameter("weight", [7, 7], .uniform(fanIn: 7)))
    for _ in 0..<operations { tensors.append(nextMatrix()) }
  }

  /// Images of sixteen channels, some of them behind convolutions, with numbers per channel, image and place.
  init(imagesFrom seed: UInt64, operations: Int) {
    chance = Chance(seed: seed)
    let leaves: [Shape] = [[2, 16, 3, 4], [2, 16, 3, 4], [16, 1, 1], [2, 1, 1, 1], [1, 1, 3, 4], [1, 16, 1, 4]]
    tensors = leaves.enumerated().map { graph.input("x\($0)", $1) }
    for _ in 0..<operations { tensors.append(nextImage()) }
  }

  /// The parameters and the inputs.
  var leaves: [Tensor] { tensors.filter { $0.node.operation is Input || $0.node.operation is Parameter } }

  /// The mean square of everything that nothing else reads.
  func loss() -> Tensor {
    let read = Set(graph.nodes.flatMap(\.inputs))
    let ends = tensors.filter { !read.contains($0.index) }
    return ends.map { $0.square.mean() }.reduce(graph.constant(0), +)
  }

  /// Some of the tensors, ends and values on the way alike.
  mutating func someTensors(_ count: Int) -> [Tensor] { (0..<count).map { _ in chance.element(tensors) } }

  /// Values for the inputs, beside the store's parameters.
  func point(_ store: ParameterStore, seed: UInt64) -> Point {
    var point = Point(inputs: [:], parametersOf: store)
    for (index, leaf) in leaves.enumerated() where leaf.node.operation is Input {
      point[leaf] = Generator(seed: seed).uniforms(leaf.shape.count, stream: UInt64(index)).map { Double(2 * $0 - 1) }
    }
    return point
  }

  private mutating func nextMatrix() -> Tensor {
    switch chance.below(12) {
    case 0..<4: elementwise(chance.element(tensors))
    case 4..<7: pair { _, _ in true }
    case 7: reduced(chance.element(tensors))
    case 8: product()
    case 9: cut()
    case 10: chance.element(tensors.filter { $0.shape.rank == 2 }).logSumExp(along: [1]) * 0.3
    default: repeated(to: [5, 7])
    }
  }

  private mutating func nextImage() -> Tensor {
    let images = tensors.filter { $0.shape == [2, 16, 3, 4] }
    return switch chance.below(12) {
    case 0..<4: elementwise(chance.element(tensors))
    case 4..<7: pair { left, right in left.rank == 4 || right.rank == 4 }
    case 7: reduced(chance.element(images))
    case 8, 9: convolved(chance.element(images))
    case 10: biased(chance.element(images))
    default: repeated(to: [2, 16, 3, 4])
    }
  }

  private mutating func elementwise(_ x: Tensor) -> Tensor {
    switch chance.below(13) {
    case 0: x.tanh
    case 1: x.sigmoid
    case 2: x.softplus
    case 3: x.tanh.exp * 0.4
    case 4: (x.square + 0.5).log
    case 5: (x.square + 0.5).squareRoot
    case 6: (x.square + 0.75).reciprocal
    case 7: x.tanh.square
    case 8: (x + 0.137).relu
    case 9: (x + 0.113).leakyReLU(slope: 0.2)
    case 10: (x + 0.171).absolute
    case 11: (x + 0.153).sign * 0.5
    default: x.affine(-0.75, 0.25)
    }
  }

  /// A function of two tensors that can be stretched to each other.
  private mutating func pair(where isWanted: (Shape, Shape) -> Bool) -> Tensor {
    var (a, b) = (chance.element(tensors), chance.element(tensors))
    while !a.shape.stretches(with: b.shape) || !isWanted(a.shape, b.shape) {
      (a, b) = (chance.element(tensors), chance.element(tensors))
    }
    return switch chance.below(5) {
    case 0: (a + b) * 0.7
    case 1: a - b.tanh
    case 2: a.tanh * b
    case 3: a / (b.square + 1)
    default: a.maximum(b + 0.129)
    }
  }

  private mutating func reduced(_ x: Tensor) -> Tensor {
    let axes = (0..<x.shape.rank).filter { _ in chance.below(2) == 0 }
    let count = axes.map { x.shape[$0] }.reduce(1, *)
    return x.sum(along: axes) * (1 / Float(count))
  }

  private mutating func repeated(to target: Shape) -> Tensor {
    let narrow = tensors.filter { Shape.broadcastable($0.shape, target) && $0.shape.count < target.count }
    return chance.element(narrow).stretched(to: target)
  }

  private mutating func product() -> Tensor {
    let matrices = tensors.filter { $0.shape == [5, 7] }
    let squares = tensors.filter { $0.shape == [7, 7] }
    return switch chance.below(3) {
    case 0: chance.element(matrices).matmul(chance.element(squares), transposed: (false, true)).tanh
    case 1: chance.element(matrices).matmul(chance.element(matrices), transposed: (true, false)) * 0.2
    default: chance.element(matrices).matmul(chance.element(squares)) * 0.3
    }
  }

  /// A tensor cut in two and put together the other way round.
  private mutating func cut() -> Tensor {
    let x = chance.element(tensors.filter { $0.shape == [5, 7] })
    let (axis, border) = (chance.below(2), 1 + chance.below(4))
    let parts = [x.slice(axis: axis, border..<x.shape[axis]), x.slice(axis: axis, 0..<border)]
    return Tensor.concatenate(parts, axis: axis)
  }

  private mutating func convolved(_ x: Tensor) -> Tensor {
    let geometry = ConvolutionGeometry(stride: 1, padding: 1)
    let weights = graph.parameter("weights\(tensors.count)", [16, 16, 3, 3], .uniform(fanIn: 100))
    let y =
      chance.below(2) == 0 ? x.convolved(with: weights, geometry) : x.transposedConvolved(with: weights, geometry)
    tensors.append(weights)
    return chance.below(2) == 0 ? y : biased(y)
  }

  private mutating func biased(_ x: Tensor) -> Tensor {
    let bias = graph.parameter("bias\(tensors.count)", [16], .uniform(fanIn: 16))
    if !tensors.contains(where: { $0.index == bias.index }) { tensors.append(bias) }
    let y = x.addingChannelBias(bias)
    return chance.below(2) == 0 ? y : y.leakyReLU(slope: 0.2)
  }
}

/// Choices that follow from a seed.
private struct Chance {
  private let generator: Generator
  private var count: UInt64 = 0

  init(seed: UInt64) { generator = Generator(seed: seed).split("graph") }

  mutating func below(_ bound: Int) -> Int {
    count += 1
    return min(Int(generator.uniforms(1, stream: count)[0] * Float(bound)), bound - 1)
  }

  mutating func element<Element>(_ elements: [Element]) -> Element { elements[below(elements.count)] }
}

extension Shape {
  fileprivate func stretches(with other: Shape) -> Bool {
    let rank = max(self.rank, other.rank)
    return zip(padded(to: rank), other.padded(to: rank)).allSatisfy { $0 == $1 || $0 == 1 || $1 == 1 }
  }

  fileprivate static func broadcastable(_ narrow: Shape, _ wide: Shape) -> Bool {
    narrow.rank <= wide.rank && narrow.stretches(with: wide) && broadcast(narrow, wide) == wide
  }
}
