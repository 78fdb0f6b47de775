import Foundation

/// How far the tasks of a job array are, as Slurm tells it.
package struct ArrayState: Encodable, Sendable {
  /// Slurm's word and how many tasks are in that state, in order of the word.
  package let counts: [Count]
  /// Why there are none; `nil` where Slurm answered.
  package let silence: String?

  package struct Count: Encodable, Equatable, Sendable {
    package let state: String
    package let tasks: Int
  }

  /// Asks Slurm about an array.
  package init(of job: String) {
    let command = ["squeue", "--noheader", "--array", "--states=all", "--jobs=\(job)", "--format=%T"]
    do {
      let answer = try Tool.call(command, environment: ProcessInfo.processInfo.environment)
      self.init(listing: answer.code == 0 ? answer.output : "", silence: answer.code == 0 ? nil : answer.complaint)
    } catch {
      self.init(listing: "", silence: "squeue is not there")
    }
  }

  /// - Parameter listing: a state on each line.
  init(listing: String, silence: String? = nil) {
    let states = listing.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }
    counts = Set(states).sorted().map { state in Count(state: state, tasks: states.filter { $0 == state }.count) }
    self.silence = silence
  }

  /// Tasks that have not ended.
  package var active: Int {
    counts.filter { Self.unended.contains($0.state) }.map(\.tasks).reduce(0, +)
  }

  private static let unended: Set = [
    "COMPLETING", "CONFIGURING", "PENDING", "REQUEUED", "REQUEUE_HOLD", "RUNNING", "SIGNALING", "STAGE_OUT",
    "STOPPED", "SUSPENDED",
  ]

  /// `2 running, 1 pending`, or why Slurm does not say.
  package var words: String {
    if let silence { return "unknown to Slurm (\(silence))" }
    let words = counts.map { "\($0.tasks) \($0.state.lowercased().replacing("_", with: " "))" }
    return words.isEmpty ? "forgotten by Slurm" : words.joined(separator: ", ")
  }
}
