/// Random numbers drawn anew in each run of the plan.
///
/// The numbers are those of `Generator(seed: seed).split(purpose)` on stream `step`, where seed and step are given to
/// the run: they do not depend on what else the plan computes, nor on the order in which it does.
package struct RandomDraw: Leaf {
  /// What the numbers are like.
  package enum Kind: Sendable, Hashable, CaseIterable {
    /// Uniform on [0, 1).
    case uniform
    /// Normal with mean zero and variance one.
    case normal
    /// The whole numbers below the count, each once, in random order.
    case permutation
  }

  package let kind: Kind
  package let purpose: String
  package let shape: Shape
}

extension Graph {
  /// Standard normal numbers for a purpose; asking again for the same purpose gives other numbers.
  package func normal(_ shape: Shape, purpose: String) -> Tensor { draw(.normal, shape, purpose) }

  /// Uniform numbers on [0, 1) for a purpose.
  package func uniform(_ shape: Shape, purpose: String) -> Tensor { draw(.uniform, shape, purpose) }

  /// The numbers 0 ..< count in random order.
  package func permutation(_ count: Int, purpose: String) -> Tensor { draw(.permutation, [count], purpose) }

  private func draw(_ kind: RandomDraw.Kind, _ shape: Shape, _ purpose: String) -> Tensor {
    apply(RandomDraw(kind: kind, purpose: uniquePurpose(purpose), shape: shape))
  }
}
