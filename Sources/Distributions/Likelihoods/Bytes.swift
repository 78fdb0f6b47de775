package import Tensors

/// Numbers on [0, 1] as the nearest of 256 levels, 0, 1/255, …, 1; what is outside counts as the nearest end.
package enum Bytes {
  /// The bits of each level from the most significant on, each 0 or 1 and of the numbers' shape.
  package static func bits(of x: Tensor) -> [Tensor] {
    var rest = x.affine(255, 0.5)
    return (0..<8).reversed().map { exponent in
      let weight = Float(1 << exponent)
      let bit = rest.atLeast(x.graph.constant(weight))
      rest = rest - bit * weight
      return bit
    }
  }

  /// Bits, from the most significant on, as whole numbers; of probabilities of bits, the mean number.
  package static func numbers(of bits: [Tensor]) -> Tensor {
    bits.dropFirst().reduce(bits[0]) { $0 * 2 + $1 }
  }

  /// The levels as whole numbers from 0 to 255, of the numbers' shape.
  package static func levels(of x: Tensor) -> Tensor { numbers(of: bits(of: x)) }

  /// The whole numbers from 0 to 255 in order, `[256]`.
  package static func all(_ graph: Graph) -> Tensor {
    (0..<8).reduce(graph.constant(0, [1])) { .concatenate([$0, $0 + Float(1 << $1)], axis: 0) }
  }
}
