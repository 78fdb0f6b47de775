import CKernels
import Datasets
package import Experiments
import Foundation
import Store

/// Which run of a paper the scores of somebody's files stand for.
package struct Recording: Sendable {
  /// An experiment's id.
  package let experiment: String
  package let tier: Tier
  package let seed: Int
  /// Who made the files; `nil` where that is not said.
  package let program: String?
  /// Whether a run that is there gives way.
  package let replacing: Bool

  package init(experiment: String, tier: Tier, seed: Int, program: String?, replacing: Bool) {
    (self.experiment, self.tier, self.seed) = (experiment, tier, seed)
    (self.program, self.replacing) = (program, replacing)
  }
}

extension Workspace {
  /// Measures files and keeps the scores as an external run.
  ///
  /// Where the request leaves it open, the experiment's own metrics are measured, against its own dataset.
  /// - Throws: as `Scoring.score`; `HarnessError.unknownExperiment`, `.otherDataset`, and `StoreError` where the run is
  ///   there already.
  package func score(
    _ request: ScoreRequest, recording: Recording, tell: (ScoringProgress) -> Void
  ) throws -> ScoreSheet {
    let (experiment, run) = try run(for: recording)
    // What cannot be kept is not measured.
    let store = try openStore()
    if !recording.replacing { try store.checkRoom(for: run) }
    let (scoring, began) = (Scoring(data: data, code: code, features: features), Date())
    let (sheet, evidence) = try scoring.measure(
      try request.completed(for: experiment, run.configuration), preferring: experiment.metrics(at: recording.tier),
      tell: tell)
    try store.record(
      ExternalRun(
        run: run, provenance: try provenance(of: sheet, evidence, recording, threads: request.threads),
        scores: sheet.scores, artefacts: try evidence.artefacts(), began: began.timeIntervalSince1970,
        seconds: sheet.seconds), replacing: recording.replacing)
    var recorded = sheet
    recorded.recorded = run.id
    let (count, usual) = (evidence.samples?.count, run.configuration.evaluation.samples)
    if let count, count != usual {
      recorded.notes.append(
        "\(experiment.id) is measured on \(usual) samples at tier \(run.tier.rawValue), these are \(count); numbers of unlike "
          + "counts do not compare")
    }
    return recorded
  }

  private var code: String { CodeVersion.of(repositoryWith: baselines) }

  private func run(for recording: Recording) throws -> (experiment: Experiment, run: Run) {
    guard let experiment = papers.experiments.first(where: { $0.id.description == recording.experiment }),
      let configuration = experiment.configurations[recording.tier]
    else {
      throw HarnessError.unknownExperiment(
        recording.experiment, nearest: papers.nearestExperiments(to: recording.experiment))
    }
    return (
      experiment,
      Run(experiment: experiment.id, tier: recording.tier, seed: recording.seed, configuration: configuration)
    )
  }

  private func provenance(
    of sheet: ScoreSheet, _ evidence: ScoreEvidence, _ recording: Recording, threads: Int
  ) throws -> Provenance {
    let dataset = evidence.reference?.dataset
    var data = dataset.map { [$0.card.name: $0.digest] } ?? [:]
    data["Inception weights"] = sheet.weightsHash
    return Provenance(
      code: sheet.code, host: Machine.host, processor: Machine.processor,
      instructionSet: String(cString: kernel_instruction_set()), threads: threads,
      libraries: Provenance.libraries, data: data,
      dataRemarks: dataset.flatMap { dataset in
        dataset.remarks.isEmpty ? nil : dataset.remarks.map { "\(dataset.card.name): \($0)" }
      },
      external: ExternalOrigin(
        program: recording.program,
        files: sheet.inputs.map { .init(role: $0.role, path: $0.place, sha256: $0.sha256, count: $0.count) }))
  }
}

extension ScoreRequest {
  /// This request with what it leaves open as the experiment has it.
  /// - Throws: `HarnessError.otherDataset` where it names another dataset than the experiment's.
  fileprivate func completed(for experiment: Experiment, _ configuration: Configuration) throws -> ScoreRequest {
    let own = configuration.dataset
    if let reference, ReferenceImages.isDataset(reference), reference != own.name {
      throw HarnessError.otherDataset(reference, experiment: experiment.id.description, own: own.name)
    }
    var completed = self
    if samples != nil, reference == nil { completed.reference = own.name }
    completed.settings = own
    completed.settings?.preprocessing = preprocessing ?? own.preprocessing
    return completed
  }
}
