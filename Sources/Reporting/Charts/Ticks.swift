import Foundation

/// Round numbers along an axis, each with its label.
struct Ticks: Hashable {
  let values: [Double]
  let labels: [String]

  /// Multiples of 1, 2 or 5 times a power of ten that lie in the domain, near the wished number of them.
  static func linear(_ domain: ClosedRange<Double>, wished: Int = 5) -> Ticks {
    let width = domain.upperBound - domain.lowerBound
    guard width > 0, width.isFinite else { return Ticks(values: [domain.lowerBound]) }
    // A few ticks more than wished for are better than half as many.
    let step = niceStep(0.7 * width / Double(max(1, wished)))
    // A tick that misses the domain by rounding alone belongs to it.
    let slack = 1e-9 * width / step
    let first = (domain.lowerBound / step - slack).rounded(.up)
    let last = (domain.upperBound / step + slack).rounded(.down)
    guard first <= last else { return Ticks(values: [domain.lowerBound, domain.upperBound]) }
    let values = stride(from: first, through: last, by: 1).map { $0 * step }
    let digits = max(0, Int(-log10(step).rounded(.down)))
    return Ticks(values: values, labels: values.map { label($0, digits: digits) })
  }

  /// Powers of ten in a positive domain; where these are fewer than three, 2 and 5 times them also.
  static func logarithmic(_ domain: ClosedRange<Double>) -> Ticks {
    let decades = Int(log10(domain.lowerBound).rounded(.down))...Int(log10(domain.upperBound).rounded(.up))
    let within = { (values: [Double]) in
      values.filter { $0 >= domain.lowerBound * (1 - 1e-9) && $0 <= domain.upperBound * (1 + 1e-9) }
    }
    let powers = within(decades.map { pow(10, Double($0)) })
    if powers.count > 6 {
      let stride = (powers.count + 5) / 6
      return Ticks(values: powers.enumerated().filter { $0.offset % stride == 0 }.map(\.element))
    }
    if powers.count >= 3 { return Ticks(values: powers) }
    return Ticks(values: within(decades.flatMap { decade in [1, 2, 5].map { $0 * pow(10, Double(decade)) } }))
  }

  /// The least of 1, 2, 5 and 10 times a power of ten that is no smaller.
  static func niceStep(_ width: Double) -> Double {
    let power = pow(10, log10(width).rounded(.down))
    // The factor's last bits must not decide which of the four it is.
    return ([1, 2, 5].first { $0 * power >= width * (1 - 1e-9) } ?? 10) * power
  }

  private init(values: [Double]) {
    self.init(values: values, labels: values.map { Ticks.label($0, digits: Ticks.digits(of: $0)) })
  }

  private init(values: [Double], labels: [String]) {
    self.values = values
    self.labels = labels
  }

  /// Fixed digits and a true minus; thousands and millions by letter, so that labels stay short.
  private static func label(_ value: Double, digits: Int) -> String {
    let size = abs(value)
    let text: String =
      switch size {
      case 0: "0"
      case 1e9...: String(format: "%.0e", size)
      case 1e6...: trimmed(size / 1e6) + "M"
      case 1e4...: trimmed(size / 1e3) + "k"
      case ..<1e-4: String(format: "%.0e", size)
      default: String(format: "%.\(digits)f", size)
      }
    return value < 0 ? "−" + text : text
  }

  private static func trimmed(_ value: Double) -> String {
    value == value.rounded() ? String(format: "%.0f", value) : String(format: "%.2g", value)
  }

  private static func digits(of value: Double) -> Int {
    value == 0 ? 0 : max(0, Int(-log10(abs(value)).rounded(.down)))
  }
}
