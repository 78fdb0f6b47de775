import Comparison
import Experiments

extension ExperimentID {
  /// Its name on the paper's own page, e.g. `mnist/vae+code`.
  var withinPaper: String { String(description.dropFirst(paper.count + 1)) }
}

extension Findings {
  /// What sentences call a dataset.
  func heading(of dataset: String) -> String { paper.datasetHeadings[dataset] ?? dataset }

  /// The datasets of its experiments, in the paper's order.
  var datasets: [String] { paper.experiments.map(\.id.dataset).withoutRepetition }

  /// The experiments on a dataset that have a run at this tier, whatever became of it.
  func begun(on dataset: String) -> [Experiment] {
    paper.experiments.filter { experiment in
      experiment.id.dataset == dataset && records.contains { $0.run.experiment == experiment.id }
    }
  }

  /// The experiments without any run at this tier.
  var unbegun: [Experiment] {
    paper.experiments.filter { experiment in !records.contains { $0.run.experiment == experiment.id } }
  }

  /// The finished runs of an experiment, by seed.
  func done(_ experiment: ExperimentID) -> [RunRecord] {
    records.filter { $0.run.experiment == experiment && $0.run.status == .done }.sorted { $0.run.seed < $1.run.seed }
  }

  /// The artefact of that name of the experiment's first finished seed that has it.
  func artefact(_ name: String, of experiment: ExperimentID) -> (seed: Int, content: Artefact.Content)? {
    for record in done(experiment) {
      if let artefact = record.artefacts.first(where: { $0.name == name }) {
        return (record.run.seed, artefact.content)
      }
    }
    return nil
  }

  /// `seed 0`, with a dagger where that run is external.
  func words(forSeed seed: Int, of experiment: ExperimentID) -> String {
    let isExternal = done(experiment).first { $0.run.seed == seed }?.run.isExternal == true
    return "seed \(seed)" + (isExternal ? ExternalRuns.mark : "")
  }

  /// The names of the artefacts that finished runs on a dataset left: the usual ones in the order of reading, then others.
  func artefactNames(on dataset: String) -> [String] {
    let usual = [
      "latents", "samples", "low-posterior-samples", "high-posterior-samples", "reconstructions", "traversals",
      "factor-traversals", "traversal-paths",
    ]
    let names = begun(on: dataset).flatMap { done($0.id).flatMap(\.artefacts).map(\.name) }.withoutRepetition
    return usual.filter(names.contains) + names.filter { !usual.contains($0) }.sorted()
  }
}

extension Findings {
  /// The verdicts that pages tell one by one: those on claims in words, and on the cells of tables that were decided or
  /// should have been. Cells that are merely not comparable yet, or not run, stand in the tables.
  var toldVerdicts: [Verdict] {
    verdicts.filter { verdict in
      guard case .value = verdict.claim.assertion else { return true }
      return ![.notComparable, .notRun].contains(verdict.outcome)
    }
  }
}
