import Experiments

/// Runs of one seed that a cluster does one after the other in one place.
struct ClusterTask: Equatable {
  let seed: Int
  let experiments: [ExperimentID]

  /// As a line of the list of tasks: the seed, then the experiments, with blanks between.
  var line: String { ([String(seed)] + experiments.map(\.description)).joined(separator: " ") }

  /// The runs of a plan in tasks of up to so many runs, in the plan's order.
  ///
  /// Runs of a seed that share a first stage stay together, so that it is trained once; they may make a task larger.
  /// - Parameter stage: names the first stage that a run shares with others; `nil` if it shares none.
  static func of(_ plan: [PlannedRun], upTo size: Int, stage: (PlannedRun) -> String?) -> [ClusterTask] {
    var groups: [(key: String, seed: Int, experiments: [ExperimentID])] = []
    for planned in plan {
      let key = "\(planned.run.seed) \(stage(planned) ?? planned.run.id)"
      if let index = groups.firstIndex(where: { $0.key == key }) {
        groups[index].experiments.append(planned.experiment.id)
      } else {
        groups.append((key, planned.run.seed, [planned.experiment.id]))
      }
    }
    return groups.reduce(into: [ClusterTask]()) { tasks, group in
      if let last = tasks.last, last.seed == group.seed, last.experiments.count + group.experiments.count <= size {
        tasks[tasks.count - 1] = ClusterTask(seed: last.seed, experiments: last.experiments + group.experiments)
      } else {
        tasks.append(ClusterTask(seed: group.seed, experiments: group.experiments))
      }
    }
  }
}
