package import Experiments
import Foundation

/// A job array that was handed to Slurm, as it is written beside its script.
package struct Submission: Codable, Sendable {
  /// Of the script, the list of tasks, the shards and what tasks say.
  package let folder: String
  /// Slurm's number of the array; `nil` before it is submitted.
  package var job: String?
  package let tasks: Int
  package let runs: Int

  static let file = "array.json"
}

extension Workspace {
  /// The folder of job arrays, beside the store.
  private var arrays: String { (store as NSString).deletingLastPathComponent + "/slurm" }

  /// Writes what of a plan is not done as a job array, in a folder named after its tasks, so that the same study takes up
  /// its own shards again.
  /// - Throws: `HarnessError.submitted` where the array is under way, `.nothingToSubmit`, `.unwritable`, `StoreError`.
  package func write(
    _ plan: [PlannedRun], tier: Tier, assignments: [String], options: SlurmOptions, program: String
  ) throws -> Submission {
    let known = try existingStore().map { try statuses(of: plan, in: $0) } ?? [:]
    let missing = plan.filter { known[$0.run.id] != .done }
    guard !missing.isEmpty else { throw HarnessError.nothingToSubmit(runs: plan.count) }
    let shared = papers.sharedFirstStages
    let tasks = ClusterTask.of(missing, upTo: options.batch) { planned in
      shared.contains(planned.experiment.id) ? planned.run.configuration.firstStageHash : nil
    }
    let name = Digest.hexadecimal(Data((tasks.map(\.line) + assignments).joined(separator: "\n").utf8))
    let folder = "\(arrays)/\(tier.rawValue)-\(name.prefix(12))"
    if let earlier = submissions().first(where: { $0.folder == folder }), let job = earlier.job,
      ArrayState(of: job).active > 0
    {
      throw HarnessError.submitted(job: job)
    }
    let array = SlurmArray(
      folder: folder, tasks: tasks, tier: tier, options: options, program: program,
      arguments: ["--data", data, "--baselines", baselines] + assignments.flatMap { ["--set", $0] })
    let submission = Submission(folder: folder, tasks: tasks.count, runs: missing.count)
    try write(array, as: submission)
    return submission
  }

  private func write(_ array: SlurmArray, as submission: Submission) throws {
    do {
      let files = FileManager.default
      for name in ["shards", "tasks-said"] {
        try files.createDirectory(atPath: "\(array.folder)/\(name)", withIntermediateDirectories: true)
      }
      try Data(array.list.utf8).write(to: URL(filePath: "\(array.folder)/tasks"), options: .atomic)
      try Data(array.script.utf8).write(to: URL(filePath: "\(array.folder)/submit.sh"), options: .atomic)
      try keep(submission)
    } catch {
      throw HarnessError.unwritable(array.folder, reason: error.localizedDescription)
    }
  }

  private func keep(_ submission: Submission) throws {
    try JSONEncoder().encode(submission).write(
      to: URL(filePath: "\(submission.folder)/\(Submission.file)"), options: .atomic)
  }

  /// Hands a written array to Slurm.
  /// - Returns: it with its number.
  /// - Throws: `HarnessError.noSlurm` where `sbatch` is not there or refuses.
  package func submit(_ submission: Submission) throws -> Submission {
    let command = ["sbatch", "--parsable", "\(submission.folder)/submit.sh"]
    let answer: Tool.Answer
    do { answer = try Tool.call(command, environment: ProcessInfo.processInfo.environment) } catch {
      throw HarnessError.noSlurm("sbatch is not there")
    }
    guard answer.code == 0, let job = answer.output.split(whereSeparator: { $0.isWhitespace || $0 == ";" }).first else {
      throw HarnessError.noSlurm(answer.complaint)
    }
    var submission = submission
    submission.job = String(job)
    try keep(submission)
    return submission
  }

  /// The arrays that were written beside this store, by folder.
  package func submissions() -> [Submission] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: arrays)) ?? []
    return names.sorted().compactMap { name in
      guard let data = FileManager.default.contents(atPath: "\(arrays)/\(name)/\(Submission.file)") else { return nil }
      return try? JSONDecoder().decode(Submission.self, from: data)
    }
  }
}
