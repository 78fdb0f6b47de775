package import Experiments

/// A cell of a published table with what we obtained for it.
package struct PublishedCell: Hashable, Sendable {
  package let published: Published
  /// The experiment that stands for the row.
  package let experiment: ExperimentID
  /// What we measured for it; `nil` where no metric or experiment of ours stands for the cell.
  package let obtained: Estimate?
  package let status: Status

  package enum Status: Hashable, Sendable {
    /// Like with like; the difference is obtained minus published, and the remark names seeds without a value.
    case compared(difference: Double, remark: String?)
    /// There is a number of ours, but not one to set against the published one.
    case notComparable(reason: String)
    /// There is no number of ours.
    case missing(Absence, reason: String)
  }

  /// Why there is no number, in the word that a table shows.
  package enum Absence: String, Hashable, Sendable, CaseIterable {
    case diverged, failed, interrupted
    case notApplicable = "not applicable"
    case notImplemented = "not implemented"
    case notMeasured = "not measured"
    case notRun = "not run"
    case otherTier = "other tier"
    case running
    case timedOut = "timed out"
  }

  package init(published: Published, experiment: ExperimentID, obtained: Estimate?, status: Status) {
    self.published = published
    self.experiment = experiment
    self.obtained = obtained
    self.status = status
  }
}

extension Findings {
  /// The published cells of the paper in its order, each beside what that reading obtained.
  package func cells(reading: Reading) -> [PublishedCell] { paper.published.map { cell($0, reading: reading) } }

  /// A published cell beside what that reading obtained.
  package func cell(_ published: Published, reading: Reading) -> PublishedCell {
    let id = ExperimentID(
      paper: paper.name, dataset: published.dataset, method: published.method, reading: reading)
    let experiment = experiment(id)
    if let experiment, let metric = published.metric, experiment.metrics.contains(where: { $0.name == metric.name }) {
      if !experiment.metrics(at: tier).contains(where: { $0.name == metric.name }) {
        return PublishedCell(
          published: published, experiment: id, obtained: nil,
          status: .missing(.notMeasured, reason: "\(metric) is not measured at tier \(tier.rawValue)"))
      }
      let obtained = estimate(of: id, metric: metric)
      return PublishedCell(
        published: published, experiment: id, obtained: obtained,
        status: status(of: obtained, experiment: experiment, metric: metric, published: published))
    }
    let reason = experiment == nil ? "there is no experiment \(id)" : unmeasured(published)
    return PublishedCell(
      published: published, experiment: id, obtained: nil, status: .missing(.notImplemented, reason: reason))
  }

  /// Why no metric of ours stands for the column: the sentence of the paper's file that names it, where there is one.
  private func unmeasured(_ published: Published) -> String {
    let named = paper.notImplemented.first { $0.split { " ,;:".contains($0) }.contains { $0 == published.column } }
    return named ?? "no metric of ours stands for \(published.column)"
  }

  private func status(
    of obtained: Estimate, experiment: Experiment, metric: MetricID, published: Published
  ) -> PublishedCell.Status {
    guard let mean = obtained.mean else { return absence(of: obtained, experiment: experiment.id, metric: metric) }
    guard let value = published.value else {
      return .notComparable(
        reason: "the paper has no number here\(published.note.isEmpty ? "" : ": \(published.note)")")
    }
    guard tier == .paper else { return .notComparable(reason: shortening(of: experiment)) }
    guard Set(obtained.values.map(\.metric)).count == 1 else {
      return .notComparable(reason: "its seeds were measured under unlike protocols")
    }
    return .compared(difference: mean - value, remark: obtained.remark)
  }

  /// Why no seed has a value: the first seed's reason, or that there is no run.
  private func absence(of obtained: Estimate, experiment: ExperimentID, metric: MetricID) -> PublishedCell.Status {
    guard let first = obtained.missing.first else {
      let others = altered.filter { $0.run.experiment == experiment }.count
      let remark = others == 0 ? "" : "; runs with other settings than the paper's file: \(others)"
      guard let tiers = otherTiers[experiment], others == 0 else {
        return .missing(.notRun, reason: "\(experiment) was not run at tier \(tier.rawValue)\(remark)")
      }
      let names = tiers.map(\.rawValue).joined(separator: " and ")
      return .missing(.otherTier, reason: "run at tier \(names), not at tier \(tier.rawValue)")
    }
    if let unlike = unlikeProtocol(experiment, metric) { return .notComparable(reason: unlike) }
    return .missing(PublishedCell.Absence(status: first.status), reason: "seed \(first.seed): \(first.reason)")
  }

  /// A sentence where the metric was measured with other arguments than the published column's alone.
  private func unlikeProtocol(_ experiment: ExperimentID, _ metric: MetricID) -> String? {
    let scores = records.filter { $0.run.experiment == experiment && $0.run.status == .done }.flatMap(\.scores)
    guard !scores.contains(where: { $0.metric.matches(metric) }),
      let like = scores.first(where: { $0.metric.name == metric.name })
    else { return nil }
    return "measured as \(like.metric); the column stands for \(metric)"
  }

  /// What the tier leaves out of the paper's training or evaluation.
  private func shortening(of experiment: Experiment) -> String {
    let (here, full) = (experiment.configurations[tier], experiment.configurations[.paper])
    guard let here, let full, here != full else { return "tier \(tier.rawValue) is not the paper's protocol" }
    guard here.training.iterations == full.training.iterations else {
      let (some, all) = (Numerals.count(here.training.iterations), Numerals.count(full.training.iterations))
      return "tier \(tier.rawValue) trains \(some) of \(all) iterations"
    }
    return "tier \(tier.rawValue) measures less than the paper does"
  }
}

extension Estimate {
  /// Names the seeds without a value; `nil` where each has one.
  package var remark: String? {
    missing.isEmpty ? nil : "without " + missing.map { "seed \($0.seed) (\($0.status))" }.joined(separator: ", ")
  }
}

extension PublishedCell.Absence {
  /// The word for the status of a run, or of a score where the run is done.
  package init(status: String) {
    switch RunStatus(rawValue: status) {
    case .diverged: self = .diverged
    case .interrupted: self = .interrupted
    case .pending: self = .notRun
    case .running: self = .running
    case .timedOut: self = .timedOut
    case .failed, .done: self = .failed
    case nil:
      self = status == Score.Status.notApplicable.rawValue ? .notApplicable : .notMeasured
    }
  }
}
