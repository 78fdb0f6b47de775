import Comparison
import Experiments

/// What a figure lacks, in a sentence for each reason, with the command that makes it.
struct FigureGaps {
  private let figure: PaperFigure
  private let gaps: [Gap]
  private let tier: Tier
  private let titles: [ExperimentID: String]

  private struct Gap: Hashable {
    let experiment: ExperimentID
    let reason: Reason
  }

  /// In the order in which they are told.
  private enum Reason: Hashable, Comparable {
    case notRun
    /// The statuses of its runs, none of which has ended.
    case unfinished(String)
    /// The statuses of its runs, of which one at least has ended badly.
    case failed(String)
    /// What finished runs did not leave.
    case without(String)
    /// What is measured at other tiers only.
    case elsewhere(String)
  }

  init(of figure: PaperFigure, in findings: Findings) {
    self.figure = figure
    tier = findings.tier
    titles = Dictionary(findings.paper.experiments.map { ($0.id, $0.title) }) { first, _ in first }
    let material = FigureKindCatalog.kind(of: figure)?.material
    gaps = figure.experiments.flatMap { id in
      let missing = figure.shows.filter { name in material.map { !findings.has(name, $0, of: id) } ?? true }
      return FigureGaps.reasons(id, missing, material, findings).map { Gap(experiment: id, reason: $0) }
    }
  }

  private static func reasons(
    _ id: ExperimentID, _ missing: [String], _ material: FigureMaterial?, _ findings: Findings
  ) -> [Reason] {
    let runs = findings.records.filter { $0.run.experiment == id }.map(\.run)
    if missing.isEmpty { return [] }
    if runs.isEmpty { return [.notRun] }
    if !runs.contains(where: { $0.status == .done }) {
      let statuses = runs.map(\.status.rawValue).withoutRepetition.joined(separator: ", ")
      let isOpen = runs.allSatisfy { [.pending, .running, .interrupted].contains($0.status) }
      return [isOpen ? .unfinished(statuses) : .failed(statuses)]
    }
    let asked = findings.experiment(id)?.metrics(at: findings.tier) ?? []
    return missing.map { name in
      let isAsked = MetricID(name).map { metric in asked.contains { $0.matches(metric) } } ?? true
      return material == .metrics && !isAsked ? .elsewhere(name) : .without(name)
    }
  }

  /// A sentence for each reason, and the commands folded away.
  var notes: [Block] {
    let reasons = gaps.map(\.reason).withoutRepetition.sorted()
    let commands = reasons.compactMap { command(for: $0, experiments(missing: $0)) }
    guard !reasons.isEmpty else { return [] }
    let sentences = reasons.map { sentence($0, experiments(missing: $0)).spans }.joined(separator: [.text(" ")])
    return [.note(Prose(Array(sentences)), .faint)]
      + (commands.isEmpty ? [] : [.details("What to run for it", [.code(commands.joined(separator: "\n"))])])
  }

  private func experiments(missing reason: Reason) -> [ExperimentID] {
    gaps.filter { $0.reason == reason }.map(\.experiment)
  }

  private func sentence(_ reason: Reason, _ experiments: [ExperimentID]) -> Prose {
    let subjects = Prose(subjects(experiments).joined(separator: "; ") + ".")
    return switch reason {
    case .notRun: "Not run at tier \(tier.rawValue): " + subjects
    case .unfinished(let status): "Not finished (\(status)): " + subjects
    case .failed(let status): "Without a finished run (\(status)): " + subjects
    case .without(let name): "Finished, but without \(code: name): " + subjects
    case .elsewhere(let name): "Not measured at tier \(tier.rawValue), \(code: name): " + subjects
    }
  }

  /// `all on svhn, celeba`, `VAE, dpVAE on mnist`
  private func subjects(_ missing: [ExperimentID]) -> [String] {
    let datasets = figure.datasets.filter { dataset in missing.contains { $0.dataset == dataset } }
    let whole = datasets.filter { dataset in
      figure.experiments.allSatisfy { $0.dataset != dataset || missing.contains($0) }
    }
    return (whole.isEmpty ? [] : ["all on " + whole.joined(separator: ", ")])
      + datasets.filter { !whole.contains($0) }.map { dataset in
        missing.filter { $0.dataset == dataset }.map { titles[$0] ?? $0.variant }.joined(separator: ", ")
          + " on \(dataset)"
      }
  }

  private func command(for reason: Reason, _ experiments: [ExperimentID]) -> String? {
    let base = "assay run \(FigureGaps.pattern(experiments).joined(separator: " ")) --tier \(tier.rawValue)"
    return switch reason {
    case .notRun, .unfinished: base
    case .failed: base + " --retry-failed"
    case .without: base + " --force"
    case .elsewhere: nil
    }
  }

  /// As a shell takes them: `dpvae/svhn/{vae,dpvae}`; datasets with the same methods together.
  static func pattern(_ experiments: [ExperimentID]) -> [String] {
    let datasets = experiments.map(\.dataset).withoutRepetition
    let methods = datasets.map { dataset in experiments.filter { $0.dataset == dataset }.map(\.variant) }
    return methods.withoutRepetition.compactMap { own in
      let places = zip(datasets, methods).filter { $0.1 == own }.map(\.0)
      return experiments.first.map { "\($0.paper)/\(braced(places))/\(braced(own))" }
    }
  }

  private static func braced(_ names: [String]) -> String {
    names.count == 1 ? names[0] : "{\(names.joined(separator: ","))}"
  }
}
