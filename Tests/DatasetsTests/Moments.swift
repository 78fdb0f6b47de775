import Foundation
import Testing

@testable import Datasets

/// Mean and standard deviation of all pixels, as shares of 255; of one channel where there are three and it is named.
func moments(_ items: Items, channel: Int? = nil) -> (mean: Double, deviation: Double) {
  guard case .mapped(let data) = items.storage else {
    Issue.record("what comes from files is mapped")
    return (.nan, .nan)
  }
  var (sum, squares, count) = (0, 0, 0)
  let plane = items.size / 3
  data.withUnsafeBytes { bytes in
    func add(_ range: Range<Int>) {
      for place in range {
        let value = Int(bytes[place])
        sum += value
        squares += value * value
      }
      count += range.count
    }
    guard let channel else { return add(0..<bytes.count) }
    for item in 0..<items.count {
      add((item * items.size + channel * plane)..<(item * items.size + (channel + 1) * plane))
    }
  }
  let mean = Double(sum) / Double(255 * count)
  return (mean, (Double(squares) / Double(255 * 255 * count) - mean * mean).squareRoot())
}
