import Experiments

/// How far a training is: all that its iterations change besides parameters and their moments.
///
/// There is nothing else to keep: everything random, and the order of the items, is counted by iteration.
struct TrainingState: Codable {
  enum Stage: Int, Codable { case first = 1, second = 2 }

  private(set) var stage = Stage.first
  /// The iterations of the stage that are done.
  var iteration = 0
  var curves: CurveRecorder
  var candidates: Candidates?
  /// The curves of the stage before.
  private(set) var finished: [CurvePoint] = []

  /// Before the first iteration.
  init(_ training: TrainingSettings) {
    curves = CurveRecorder(every: training.logEvery)
    candidates = Candidates(training)
  }

  /// Whether counting on from it stays within what an `Int` counts, as it does from any that a training comes to.
  var isPossible: Bool { (0..<(1 << 48)).contains(iteration) && curves.isPossible }

  /// All points of all curves.
  var points: [CurvePoint] { finished + curves.points }

  /// Goes on to the second stage.
  /// - Parameter points: the curves of the first.
  mutating func beginSecondStage(after points: [CurvePoint], _ training: TrainingSettings) {
    (stage, iteration, candidates, finished) = (.second, 0, nil, points)
    curves = CurveRecorder(every: training.logEvery, prefix: "second-")
  }
}
