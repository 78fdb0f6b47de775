import Experiments

/// Averages losses over windows of iterations into the points of the training curves.
struct CurveRecorder {
  private(set) var points: [CurvePoint] = []
  private let window: Int
  private var sum = Losses()
  private var count = 0

  init(every window: Int) { self.window = window }

  /// Takes the losses of an iteration; returns the means of the window that it completes, if it does.
  ///
  /// A window ends with an iteration that `window` divides, or with the last one.
  mutating func record(_ losses: Losses, iteration: Int, isLast: Bool) -> [(name: String, value: Double)]? {
    sum += losses
    count += 1
    guard isLast || iteration.isMultiple(of: window) else { return nil }
    let means = sum.divided(by: count).named
    points += means.map { CurvePoint(name: $0.name, iteration: iteration, value: $0.value) }
    (sum, count) = (Losses(), 0)
    return means
  }
}
