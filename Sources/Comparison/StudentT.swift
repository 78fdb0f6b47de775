import Foundation

/// Student's t distribution.
///
/// The tail is the regularised incomplete beta function I(ν/2, ½; ν/(ν + t²)), by its continued fraction
/// (Abramowitz and Stegun 26.5.8 and 26.7.1) in Lentz's form, good to a relative 1e-12 up to ten thousand degrees of
/// freedom.
package struct StudentT: Hashable, Sendable {
  /// ν, positive; whole or not.
  package let degreesOfFreedom: Double

  package init(degreesOfFreedom: Double) {
    precondition(degreesOfFreedom > 0, "Student's t needs positive degrees of freedom, not \(degreesOfFreedom)")
    self.degreesOfFreedom = degreesOfFreedom
  }

  /// P(|T| > |t|).
  package func twoSidedTail(_ t: Double) -> Double {
    guard t.isFinite else { return t.isNaN ? .nan : 0 }
    let square = t * t
    let inner = Side(value: square / (degreesOfFreedom + square), log: -log1p(degreesOfFreedom / square))
    let outer = Side(value: degreesOfFreedom / (degreesOfFreedom + square), log: -log1p(square / degreesOfFreedom))
    let half = degreesOfFreedom / 2
    // Each fraction is taken where it converges fast; the other side is its complement.
    guard outer.value < (half + 1) / (half + 2.5) else { return 1 - incompleteBeta(0.5, half, inner, outer) }
    return incompleteBeta(half, 0.5, outer, inner)
  }

  /// P(T ≤ t).
  package func cumulative(_ t: Double) -> Double { t > 0 ? 1 - twoSidedTail(t) / 2 : twoSidedTail(t) / 2 }

  /// The t with P(T ≤ t) = p.
  package func quantile(_ p: Double) -> Double {
    precondition(p > 0 && p < 1, "a quantile needs a probability between 0 and 1, not \(p)")
    return p < 0.5 ? -upper(tail: 2 * p) : upper(tail: 2 * (1 - p))
  }

  /// The t ≥ 0 that |T| exceeds with that probability.
  package func upper(tail: Double) -> Double {
    guard tail < 1 else { return 0 }
    var (low, high) = (0.0, 1.0)
    while twoSidedTail(high) > tail { (low, high) = (high, high * 2) }
    var t = (low + high) / 2
    // Newton's step, bisection wherever it would leave the bracket.
    for _ in 0..<200 {
      let excess = twoSidedTail(t) - tail
      if excess > 0 { low = t } else { high = t }
      let newton = t + excess / (2 * density(t))
      let next = newton > low && newton < high ? newton : (low + high) / 2
      if abs(next - t) <= t.ulp { return next }
      t = next
    }
    return t
  }

  /// The density at t.
  package func density(_ t: Double) -> Double {
    let power = -(degreesOfFreedom + 1) / 2 * log1p(t * t / degreesOfFreedom)
    return exp(logGammaHalfStep(degreesOfFreedom / 2) + power) / (degreesOfFreedom * .pi).squareRoot()
  }
}

/// A number between 0 and 1 with its logarithm, which near 1 would lose its digits if taken of the number.
private struct Side {
  let value: Double
  let log: Double
}

/// I(a, b; x), the regularised incomplete beta function where one of a and b is ½ and x is below (a + 1) / (a + b + 2).
private func incompleteBeta(_ a: Double, _ b: Double, _ x: Side, _ complement: Side) -> Double {
  guard x.value > 0 else { return 0 }
  // 1 / B(a, ½) = Γ(a + ½) / (Γ(a) √π).
  let logBeta = 0.5 * log(Double.pi) - logGammaHalfStep(a == 0.5 ? b : a)
  return exp(a * x.log + b * complement.log - logBeta) / a * continuedFraction(a, b, at: x.value)
}

/// The continued fraction of the incomplete beta function, by Lentz's method.
private func continuedFraction(_ a: Double, _ b: Double, at x: Double) -> Double {
  let tiny = 1e-300
  func away(_ value: Double) -> Double { abs(value) < tiny ? tiny : value }
  var c = 1.0
  var d = 1 / away(1 - (a + b) * x / (a + 1))
  var fraction = d
  for step in 1...10_000 {
    let m = Double(step)
    let even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
    d = 1 / away(1 + even * d)
    c = away(1 + even / c)
    fraction *= d * c
    let odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
    d = 1 / away(1 + odd * d)
    c = away(1 + odd / c)
    fraction *= d * c
    if abs(d * c - 1) < 1e-16 { break }
  }
  return fraction
}

/// The coefficients of a⁻¹¹, a⁻⁹, …, a⁻¹ in log Γ(a + ½) − log Γ(a) − ½ log a (Abramowitz and Stegun 6.1.40).
private let halfStepSeries: [Double] = [
  691 / 180_224, -31 / 18_432, 17 / 14_336, -1 / 640, 1 / 192, -1 / 8,
]

/// log Γ(a + ½) − log Γ(a), without the cancellation of two large logarithms.
///
/// Below 20 the step is carried up by Γ(a + 1) = a Γ(a); there the asymptotic series, in odd powers of 1/a, is exact
/// to the last bit.
private func logGammaHalfStep(_ a: Double) -> Double {
  var (a, carried) = (a, 1.0)
  while a < 20 {
    carried *= a / (a + 0.5)
    a += 1
  }
  let square = 1 / (a * a)
  let series = halfStepSeries.reduce(0) { $0 * square + $1 } / a
  return 0.5 * log(a) + series + log(carried)
}
