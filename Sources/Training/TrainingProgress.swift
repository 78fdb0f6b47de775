/// How far a training is, told each time a point of its curves is complete.
package struct TrainingProgress: Sendable {
  /// The iterations done.
  package let iteration: Int
  /// The iterations there will be.
  package let iterations: Int
  /// The newest point of each curve, in nats per image: `loss`, `reconstruction`, `kl`.
  package let losses: [(name: String, value: Double)]
}
