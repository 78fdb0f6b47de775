/// A mean with its standard error s / √n, s² with n − 1.
struct SampleMean: Equatable {
  let value: Double
  /// `nil` for fewer than two numbers.
  let standardError: Double?
  let count: Int

  /// The mean of no numbers is not a number.
  init(of values: [Double]) {
    let mean = values.reduce(0, +) / Double(values.count)
    let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    let count = Double(values.count)
    value = mean
    standardError = values.count > 1 ? (squares / (count - 1) / count).squareRoot() : nil
    self.count = values.count
  }
}
