import Foundation
import Methods
import Tensors
import Training

/// Items come back from their codes as items: as many numbers, in about their range, nearer to them than black is.
struct DecodesItems: Law {
  let name = "decodes"
  let statement = "decoded codes of items have their shape and range, and are nearer to them than nothing is"

  /// Pixels are within 0 … 1; the decoder's last layer is linear.
  private static let range: ClosedRange<Float> = -0.5...1.5

  func check(_ specimen: Specimen) throws -> Observation {
    let (model, items) = (try specimen.trained(), specimen.testItems(200))
    let decoded = model.decode(model.encode(items).means)
    guard decoded.rows == items.rows, decoded.columns == items.columns else {
      return Observation(holds: false, account: "\(decoded.rows) × \(decoded.columns) numbers")
    }
    let error = zip(items.values, decoded.values).reduce(0) { $0 + Double(($1.0 - $1.1) * ($1.0 - $1.1)) }
    let energy = items.values.reduce(0) { $0 + Double($1 * $1) }
    let (low, high) = (decoded.values.min() ?? .nan, decoded.values.max() ?? .nan)
    return Observation(
      holds: Self.range.contains(low) && Self.range.contains(high) && error < energy,
      account: String(format: "from %.2f to %.2f, error %.2f of black's", low, high, error / energy))
  }
}
