import Foundation

/// Maps numbers onto pixels along one direction of a chart.
struct Axis: Hashable {
  let title: String
  let scale: Scale
  let domain: ClosedRange<Double>
  /// The pixels of the domain's two ends; the first may be the larger, as it is upwards.
  let start: Double
  let end: Double

  enum Scale: Hashable, Sendable { case linear, logarithmic }

  /// An axis around all finite values (positive ones where it is logarithmic), a little wider than they reach.
  init(title: String, scale: Scale, values: some Sequence<Double>, from start: Double, to end: Double) {
    self.title = title
    self.start = start
    self.end = end
    let shown = values.filter { $0.isFinite && (scale == .linear || $0 > 0) }
    guard let low = shown.min(), let high = shown.max() else {
      (self.scale, domain) = (.linear, 0...1)
      return
    }
    self.scale = scale
    domain = scale == .linear ? Axis.widened(low, high) : Axis.widenedByFactor(low, high)
  }

  init(title: String, domain: ClosedRange<Double>, from start: Double, to end: Double) {
    self.title = title
    scale = .linear
    self.domain = domain
    self.start = start
    self.end = end
  }

  /// The pixel of a value; `nil` where the scale has none.
  func position(_ value: Double) -> Double? {
    guard value.isFinite, scale == .linear || value > 0 else { return nil }
    let share =
      switch scale {
      case .linear: (value - domain.lowerBound) / (domain.upperBound - domain.lowerBound)
      case .logarithmic: log(value / domain.lowerBound) / log(domain.upperBound / domain.lowerBound)
      }
    return start + share * (end - start)
  }

  /// The value, or the end of the domain that it lies beyond.
  func clamped(_ value: Double) -> Double {
    value.isFinite ? min(max(value, domain.lowerBound), domain.upperBound) : value
  }

  var ticks: Ticks {
    switch scale {
    case .linear: .linear(domain, wished: max(3, Int(abs(end - start) / 60)))
    case .logarithmic: .logarithmic(domain)
    }
  }

  private static func widened(_ low: Double, _ high: Double) -> ClosedRange<Double> {
    let margin = high > low ? 0.04 * (high - low) : max(0.5, 0.1 * abs(low))
    return (low - margin)...(high + margin)
  }

  private static func widenedByFactor(_ low: Double, _ high: Double) -> ClosedRange<Double> {
    let factor = high > low ? pow(high / low, 0.04) : 2
    return (low / factor)...(high * factor)
  }
}
