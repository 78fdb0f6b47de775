/// How far a training is, told each time a point of its curves is complete.
package struct TrainingProgress: Sendable {
  /// The iterations done.
  package let iteration: Int
  /// The iterations there will be.
  package let iterations: Int
  /// The newest point of each curve, as `Losses` names them.
  package let losses: [(name: String, value: Double)]
}
