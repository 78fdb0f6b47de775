import Foundation

/// How numbers are written for people, the same in every sentence, table and page.
///
/// The minus sign is U+2212; the locale plays no part, so that the same store gives the same bytes.
package enum Numerals {
  /// The value to that many significant digits: `0.3812`, `−38.12`, `3812`, `1.3e−7`.
  ///
  /// Digits before the decimal point are never rounded away. Below 0.0001 and from ten million on, the form is scientific.
  package static func significant(_ value: Double, digits: Int = 4) -> String {
    guard value.isFinite else { return value.isNaN ? "not a number" : value < 0 ? "−∞" : "∞" }
    guard value != 0 else { return "0" }
    // Rounding may carry into a further digit (9.9996 → 10.00), so the exponent is that of the rounded value.
    let scientific = String(format: "%.\(digits - 1)e", value)
    let exponent = Int(scientific.split(separator: "e").last ?? "0") ?? 0
    if exponent < -4 || exponent >= 7 { return signed(mantissa(of: scientific) + "e\(exponent)") }
    return fixed(value, decimals: max(0, digits - 1 - exponent))
  }

  /// The value to that many decimals: `0.50`, `−12.3`.
  package static func fixed(_ value: Double, decimals: Int) -> String {
    guard value.isFinite else { return significant(value) }
    let text = String(format: "%.\(decimals)f", value)
    return signed(text.contains { $0 != "0" && $0 != "." && $0 != "-" } ? text : text.replacing("-", with: ""))
  }

  /// A whole number with its thousands apart: `100,000`.
  package static func count(_ value: Int) -> String {
    let digits = Array(String(value.magnitude))
    let grouped = digits.enumerated().map { place, digit in
      place > 0 && (digits.count - place) % 3 == 0 ? ",\(digit)" : String(digit)
    }
    return (value < 0 ? "−" : "") + grouped.joined()
  }

  /// A value with its spread, both to the spread's second digit: `0.381 ± 0.097`; the value alone without a spread.
  package static func spread(_ value: Double, _ deviation: Double?) -> String {
    guard let deviation, deviation.isFinite, value.isFinite else { return significant(value) }
    guard let decimals = decimals(for: deviation, beside: [value]) else {
      return significant(value) + " ± " + significant(deviation, digits: 2)
    }
    return fixed(value, decimals: decimals) + " ± " + fixed(deviation, decimals: decimals)
  }

  /// The two ends of an interval, to the second digit of the spread that it comes from: `0.790 to 1.310`.
  package static func range(_ low: Double, _ high: Double, deviation: Double) -> String {
    guard let decimals = decimals(for: deviation, beside: [low, high]) else {
      return significant(low, digits: 3) + " to " + significant(high, digits: 3)
    }
    return fixed(low, decimals: decimals) + " to " + fixed(high, decimals: decimals)
  }

  /// The decimals that show a spread's second digit; `nil` where the numbers ask for the scientific form.
  private static func decimals(for deviation: Double, beside values: [Double]) -> Int? {
    let size = values.reduce(deviation) { max($0, abs($1)) }
    guard deviation > 0, size >= 1e-4, size < 1e7 else { return nil }
    // At most six: a spread of almost nothing does not lengthen its value without end.
    return min(max(0, 1 - Int(log10(deviation).rounded(.down))), 6)
  }

  /// A probability with its name, as in a sentence: `p = 0.014`, `p < 0.0001`.
  package static func equality(_ name: String, _ probability: Double) -> String {
    let text = self.probability(probability)
    return text.hasPrefix("<") ? "\(name) \(text)" : "\(name) = \(text)"
  }

  /// A probability to two significant digits: `0.014`; below 0.0001 as a bound.
  package static func probability(_ value: Double) -> String {
    value < 1e-4 ? "< 0.0001" : significant(value, digits: 2)
  }

  /// A time: `0.42 s`, `12.3 s`, `4 min 05 s`, `2 h 03 min`.
  package static func duration(seconds: Double) -> String {
    // Beyond all sense, as a damaged store may have it.
    guard abs(seconds) < 1e15 else { return significant(seconds) + " s" }
    if seconds < 1 { return fixed(seconds, decimals: 2) + " s" }
    if seconds < 59.95 { return fixed(seconds, decimals: 1) + " s" }
    let whole = Int(seconds.rounded())
    if whole < 3600 { return "\(whole / 60) min \(padded(whole % 60)) s" }
    return "\(count(whole / 3600)) h \(padded(whole % 3600 / 60)) min"
  }

  /// A size in binary units: `512 bytes`, `1.5 KiB`, `598 MiB`.
  package static func bytes(_ value: Int) -> String {
    guard value >= 1024 else { return "\(value) bytes" }
    var (size, units) = (Double(value) / 1024, ["KiB", "MiB", "GiB", "TiB"][...])
    while size >= 1023.5, units.count > 1 {
      size /= 1024
      units.removeFirst()
    }
    return significant(size, digits: size < 100 ? 2 : 3) + " " + (units.first ?? "KiB")
  }

  private static func padded(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }

  private static func signed(_ text: String) -> String { text.replacing("-", with: "−") }

  /// `1.300e-07` → `1.3`: a scientific number keeps no trailing zeros.
  private static func mantissa(of scientific: String) -> String {
    var text = scientific.prefix { $0 != "e" }
    guard text.contains(".") else { return String(text) }
    while text.last == "0" { text.removeLast() }
    if text.last == "." { text.removeLast() }
    return String(text)
  }
}
