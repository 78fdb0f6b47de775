package import Experiments

/// All that a worker process needs to know to do one run.
package struct WorkerJob: Codable, Sendable {
  package let run: Run
  package let metrics: [MetricID]
  /// The store's file.
  package let store: String
  /// The data directory.
  package let data: String
  /// Where the trained weights go.
  package let checkpoint: String
  /// Where features of real images are kept for all runs.
  package let features: String
  /// The version of the code, as provenance has it.
  package let code: String
  /// How many threads it runs on, which changes no bit.
  package let threads: Int
  /// The folder of the training's savepoints.
  package let savepoints: String
  /// The seconds from one savepoint to the next; `nil` for the usual rhythm.
  package let savepointSeconds: Double?
  /// Where a first stage that other experiments build on is found or left; `nil` if none does.
  package let stages: String?

  package init(
    run: Run, metrics: [MetricID], store: String, data: String, checkpoints: String, features: String,
    code: String, threads: Int = 1, sharesFirstStage: Bool = false, savepointSeconds: Double? = nil
  ) {
    stages = sharesFirstStage ? "\(checkpoints)/stages" : nil
    (self.run, self.metrics, self.store, self.data, self.code) = (run, metrics, store, data, code)
    (self.features, self.threads, self.savepointSeconds) = (features, threads, savepointSeconds)
    checkpoint = "\(checkpoints)/\(run.fileName).safetensors"
    savepoints = Self.savepoints(of: run, in: checkpoints)
  }

  /// The folder of a run's savepoints.
  static func savepoints(of run: Run, in checkpoints: String) -> String { "\(checkpoints)/savepoints/\(run.fileName)" }

  /// What must not be trained twice at the same time: jobs of the same one wait for each other.
  var stage: String? { stages == nil ? nil : "\(run.configuration.firstStageHash) \(run.seed)" }
}

/// What a worker says on its standard output, a line of JSON each.
package enum WorkerEvent: Codable, Sendable {
  /// A point of the training curves, with all iterations done and to do.
  case training(iteration: Int, iterations: Int, losses: [CurvePoint])
  /// Something that takes a while has begun.
  case phase(String)
  /// Something that is not as usual, such as that the run goes on from where it was cut off.
  case note(String)
  /// The run has ended, and the store knows.
  case ended(RunStatus, reason: String?)
}

extension Run {
  /// Its id as the name of a file.
  fileprivate var fileName: String {
    String(id.map { $0.isLetter || $0.isNumber || "-._".contains($0) ? $0 : "_" })
  }
}
