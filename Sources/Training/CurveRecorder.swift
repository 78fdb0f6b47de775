import Experiments

/// Averages losses over windows of iterations into the points of the training curves, and notes log σ at their ends.
struct CurveRecorder: Codable {
  /// The curve of a decoder's learned deviation.
  static let deviation = "log-sigma"

  private(set) var points: [CurvePoint] = []
  private let window: Int
  private let prefix: String
  private var sum = Losses()
  private var count = 0

  /// - Parameter prefix: put before the curves' names.
  init(every window: Int, prefix: String = "") {
    self.window = window
    self.prefix = prefix
  }

  /// Whether it has recorded a number of iterations that there can be.
  var isPossible: Bool { window > 0 && (0..<(1 << 48)).contains(count) }

  /// Takes the losses of an iteration; returns the means of the window that it completes, if it does.
  ///
  /// A window ends with an iteration that `window` divides, or with the last one.
  /// - Parameter logDeviation: the learned log σ after the iteration, if there is one.
  mutating func record(
    _ losses: Losses, logDeviation: @autoclosure () -> Double?, iteration: Int, isLast: Bool
  ) -> [(name: String, value: Double)]? {
    sum += losses
    count += 1
    guard isLast || iteration.isMultiple(of: window) else { return nil }
    let means = sum.divided(by: count).named.map { (name: prefix + $0.name, value: $0.value) }
    let further = logDeviation().map { [(name: prefix + Self.deviation, value: $0)] } ?? []
    points += (means + further).map { CurvePoint(name: $0.name, iteration: iteration, value: $0.value) }
    (sum, count) = (Losses(), 0)
    return means
  }
}
