/// The iterations of a stage of a training, ready to be run.
struct Stage {
  var phase: Phase
  let iterations: Int
  /// The losses of the phase's last iteration.
  let losses: (Phase) -> Losses
  /// The learned log σ, if there is one.
  let logDeviation: () -> Double?

  /// Runs an iteration, counted from 1.
  /// - Throws: `TrainingError.diverged`.
  mutating func run(iteration: Int) throws(TrainingError) -> Losses {
    phase.run(step: iteration - 1)
    let losses = losses(phase)
    guard losses.isFinite else { throw .diverged(iteration: iteration) }
    return losses
  }
}
