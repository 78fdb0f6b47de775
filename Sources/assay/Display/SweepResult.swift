import Experiments
import Harness

/// What became of a plan.
struct SweepResult {
  let plan: [PlannedRun]
  /// The plan's own.
  let records: [RunRecord]

  init(plan: [PlannedRun], records: [RunRecord]) {
    self.plan = plan
    let ids = Set(plan.map(\.run.id))
    self.records = records.filter { ids.contains($0.run.id) }
  }

  var isComplete: Bool { records.count == plan.count && records.allSatisfy { $0.run.status == .done } }

  /// Prints the scores and what to do next, or all as JSON.
  /// - Throws: where the JSON cannot be made.
  func print(json: Bool, quiet: Bool, store: String) throws {
    if json { return try Terminal.result(json: Summary(store: store, runs: records.map(Summary.Line.init))) }
    guard !quiet else { return }
    Terminal.result(ScoreTable(experiments: experiments, records: records).text)
    Terminal.result("")
    let mark = records.contains(where: \.run.isExternal) ? ", † with external runs" : ""
    let legend = "mean ± standard deviation (seeds)\(mark), tier \(plan.first?.run.tier.rawValue ?? ""); \(next)"
    Terminal.result(Terminal.folded(legend, indent: 0))
  }

  private var experiments: [Experiment] {
    plan.map(\.experiment).reduce(into: []) { all, experiment in
      if !all.contains(where: { $0.id == experiment.id }) { all.append(experiment) }
    }
    .sorted { ($0.id.paper, $0.id.dataset) < ($1.id.paper, $1.id.dataset) }
  }

  private var next: String {
    let left = records.filter { $0.run.status != .done }
    guard left.isEmpty else {
      let failed = left.contains { [.failed, .diverged, .timedOut].contains($0.run.status) }
      return "\(left.count) of \(plan.count) runs are not done: see assay status, then run again"
        + (failed ? " with --retry-failed" : "")
    }
    return "next: assay verify, assay report"
  }

  /// The form of `--json`.
  private struct Summary: Encodable {
    let store: String
    let runs: [Line]

    struct Line: Encodable {
      let run: String
      let experiment: ExperimentID
      let tier: Tier
      let seed: Int
      let status: RunStatus
      let reason: String?
      let weightsHash: String?
      let seconds: Double?
      let scores: [Score]

      init(_ record: RunRecord) {
        let run = record.run
        (self.run, experiment, tier, seed) = (run.id, run.experiment, run.tier, run.seed)
        (status, reason, weightsHash, seconds) = (run.status, run.reason, run.weightsHash, run.seconds)
        scores = record.scores
      }
    }
  }
}
