import Comparison

/// Which seeds the estimates of a table lack, said once below it.
struct MissingSeeds {
  /// Estimates with the row or column that names the experiment, and what was measured on it.
  let entries: [(experiment: String, measured: String, estimate: Estimate)]

  /// A note for each experiment and set of missing seeds; it names what was measured only where that makes a difference.
  var notes: [Prose] {
    let experiments = entries.map(\.experiment).withoutRepetition
    return experiments.flatMap { experiment -> [Prose] in
      let own = entries.filter { $0.experiment == experiment }
      return own.compactMap(\.estimate.remark).withoutRepetition.map { remark in
        let affected = own.filter { $0.estimate.remark == remark }.map(\.measured).withoutRepetition
        let isAll = affected.count == own.map(\.measured).withoutRepetition.count
        return isAll ? "\(experiment): \(remark)." : "\(experiment) on " + Prose(codes: affected) + ": \(remark)."
      }
    }
  }
}
