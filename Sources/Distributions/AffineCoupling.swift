internal import Networks
internal import Tensors

/// One block of a coupling flow: part of the code passes through and decides how the rest is scaled and shifted.
///
/// With p the passive and a the active dimensions, z_p = z₀_p and z_a = z₀_a · e^{s(z₀_p)} + t(z₀_p); the inverse needs
/// no inverse of s or t. Both are networks L → 64 → 64 → L with leaky ReLUs of slope 0.01 and a tanh at the end, so
/// that |s| and |t| stay below 1.
///
/// Their first layer takes all L dimensions, the active ones as zeros, and their last gives all L, of which the active
/// ones are used: the parameters are those of dpVAE's code, whose masks they stand for.
package struct AffineCoupling: Sendable {
  package let name: String
  /// The number L of dimensions of a code.
  package let width: Int
  /// The dimensions that pass through: a prefix or a suffix of all.
  package let passive: Range<Int>

  private static let hidden = 64
  private static let slope: Float = 0.01

  /// The dimensions that move.
  package var active: Range<Int> { passive.lowerBound == 0 ? passive.upperBound..<width : 0..<passive.lowerBound }

  /// One block of z = g⁻¹(z₀), `[batch, L]` to `[batch, L]`.
  func towardsRepresentation(_ codes: Tensor) -> Tensor {
    let (kept, scale, shift) = conditioned(on: codes)
    return joined(kept, codes.slice(axis: 1, active) * scale.exp + shift)
  }

  /// One block of z₀ = g(z), `[batch, L]` to `[batch, L]`, and the s whose negative sum is its log-determinant,
  /// `[batch, active]`.
  func towardsGeneration(_ codes: Tensor) -> (codes: Tensor, scale: Tensor) {
    let (kept, scale, shift) = conditioned(on: codes)
    return (joined(kept, (codes.slice(axis: 1, active) - shift) * (-scale).exp), scale)
  }

  private func conditioned(on codes: Tensor) -> (kept: Tensor, scale: Tensor, shift: Tensor) {
    let kept = codes.slice(axis: 1, passive)
    let masked = kept.embedded(axis: 1, before: passive.lowerBound, after: width - passive.upperBound)
    return (kept, network("scale")(masked), network("shift")(masked))
  }

  private func joined(_ kept: Tensor, _ moved: Tensor) -> Tensor {
    .concatenate(passive.lowerBound == 0 ? [kept, moved] : [moved, kept], axis: 1)
  }

  private func network(_ part: String) -> Sequential {
    let prefix = "\(name).\(part)"
    return Sequential([
      Linear(prefix + ".linear1", width, Self.hidden), LeakyReLU(slope: Self.slope),
      Linear(prefix + ".linear2", Self.hidden, Self.hidden), LeakyReLU(slope: Self.slope),
      Linear(prefix + ".linear3", Self.hidden, width), Take(axis: 1, range: active), Tanh(),
    ])
  }
}

/// The elements of a range along one axis.
private struct Take: Layer {
  let axis: Int
  let range: Range<Int>

  func callAsFunction(_ x: Tensor) -> Tensor { x.slice(axis: axis, range) }
}
