import Datasets
package import Experiments
import Foundation
import Metrics
package import Store
import Training

/// A run to be, with what will be measured on it.
package struct PlannedRun: Sendable {
  package let run: Run
  package let experiment: Experiment
}

/// Which runs of a plan are done.
package enum RunPolicy: Sendable {
  /// Those that were never begun or were interrupted.
  case onlyMissing
  /// Those that failed, too.
  case retryFailed
  /// All, results there are being dropped.
  case force
}

extension Workspace {
  /// The runs of the selected experiments with these seeds, seed by seed, so that a sweep cut short has whole seeds.
  /// - Throws: `HarnessError.unknownExperiment`, `SettingsFault`.
  package func plan(
    _ selectors: [String], tier: Tier, seeds: SeedList, assignments: [Assignment] = []
  ) throws -> [PlannedRun] {
    let experiments = try papers.experiments(matching: selectors)
    let configured = try experiments.compactMap { experiment in
      try experiment.configurations[tier].map { (experiment, try $0.setting(assignments)) }
    }
    return seeds.seeds.flatMap { seed in
      configured.map { experiment, configuration in
        PlannedRun(
          run: Run(experiment: experiment.id, tier: tier, seed: seed, configuration: configuration),
          experiment: experiment)
      }
    }
  }

  /// Checks before any work is done that all of the plan could be run: names, values, and the files of the data.
  /// - Returns: the ids of the runs whose data are not there, each with the reason.
  /// - Throws: `SettingsError`, `TrainingError`, `MetricError`; `DatasetError` where no run of the plan has its data.
  package func check(_ plan: [PlannedRun]) throws -> [String: String] {
    for metric in Set(plan.flatMap(\.experiment.metrics)).sorted() { _ = try MetricCatalog.metric(for: metric) }
    var examined: [DatasetSettings: Result<DatasetSurvey, any Error>] = [:]
    var (seen, obstacles) = (Set<String>(), [String: String]())
    for run in plan.map(\.run) {
      let settings = run.configuration.dataset
      let examination =
        examined[settings]
        ?? Result {
          try DatasetCatalog.examine(settings.name, settings: settings, in: DataFolder(path: data))
        }
      examined[settings] = examination
      switch examination {
      case .success(let dataset):
        guard seen.insert(run.configurationHash).inserted else { continue }
        try validate(run.configuration, for: dataset.card, trainCount: dataset.trainCount)
      case .failure(let error):
        // What the files lack costs these runs alone; what the configuration asks for wrongly is for the user to mend.
        guard Failure.exitCode(of: error) == 3 else { throw error }
        obstacles[run.id] = sentence(of: error)
        if obstacles.count == plan.count { throw error }
      }
    }
    return obstacles
  }

  /// Registers the plan in the store and gives the jobs that the policy leaves to do, each on so many threads.
  ///
  /// A run with an obstacle is no job: it has failed, for that reason. One that another process has is a job, for it may
  /// have to be taken over. One that failed goes on from its savepoint; one that is forced has none any more.
  /// - Throws: `StoreError`.
  package func jobs(
    _ plan: [PlannedRun], policy: RunPolicy, obstacles: [String: String] = [:], threads: Int = 1,
    savepointSeconds: Double? = nil, in store: RunStore
  ) throws -> [WorkerJob] {
    try store.register(plan.map(\.run))
    try store.interruptAbandoned(at: Date().timeIntervalSince1970)
    let code = CodeVersion.of(repositoryWith: baselines)
    let known = try statuses(of: plan, in: store)
    let shared = papers.sharedFirstStages
    return try plan.compactMap { planned in
      let status = known[planned.run.id] ?? .pending
      guard policy.covers(status) else { return nil }
      if policy.dropsResults(of: status) { try store.reset(planned.run.id) }
      if policy == .force, status != .running {
        Savepoints.remove(WorkerJob.savepoints(of: planned.run, in: checkpoints))
      }
      if let reason = obstacles[planned.run.id], status != .running {
        try store.finish(planned.run.id, with: RunOutcome(status: .failed, reason: reason))
        return nil
      }
      return WorkerJob(
        run: planned.run, metrics: planned.experiment.metrics(at: planned.run.tier), store: self.store, data: data,
        checkpoints: checkpoints, features: features, code: code, threads: threads,
        sharesFirstStage: shared.contains(planned.experiment.id), savepointSeconds: savepointSeconds)
    }
  }

  /// How far the plan's runs are, by run id.
  /// - Throws: `StoreError`.
  package func statuses(of plan: [PlannedRun], in store: RunStore) throws -> [String: RunStatus] {
    let runs = try store.runs(experiments: plan.map(\.experiment.id), tier: nil, seeds: nil)
    return Dictionary(runs.map { ($0.id, $0.status) }) { first, _ in first }
  }
}

extension RunPolicy {
  package func covers(_ status: RunStatus) -> Bool {
    switch status {
    case .pending, .interrupted, .running: true
    case .failed, .diverged, .timedOut: self != .onlyMissing
    case .done: self == .force
    }
  }
}

extension RunPolicy {
  /// Whether a run that is so far begins anew.
  fileprivate func dropsResults(of status: RunStatus) -> Bool {
    switch status {
    case .pending, .running: false
    case .interrupted: self == .force
    case .done, .failed, .diverged, .timedOut: true
    }
  }
}

extension PaperCatalog {
  /// The experiments that train the same first stage as another one, at any tier.
  var sharedFirstStages: Set<ExperimentID> {
    var owners: [String: [ExperimentID]] = [:]
    for experiment in experiments {
      for tier in Tier.allCases {
        guard let stage = experiment.configurations[tier]?.firstStageHash else { continue }
        owners["\(tier.rawValue) \(stage)", default: []].append(experiment.id)
      }
    }
    return Set(owners.values.filter { $0.count > 1 }.joined())
  }
}
