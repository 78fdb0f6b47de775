import Comparison
import Experiments

/// Which of a table's runs another program made, said once below it; their estimates carry a dagger.
struct ExternalRuns {
  static let mark = "†"

  /// What the mark says beside a picture.
  static let pictures: Prose =
    "\(mark) The first images of the files that an external run was measured on, whatever noise they were drawn from."

  /// In the order of the table.
  private let runs: [(title: String, run: Run)]

  init(of experiments: [ExperimentID], in findings: Findings) {
    runs = experiments.flatMap { id in
      let title = findings.experiment(id)?.title ?? id.method
      return findings.done(id).filter(\.run.isExternal).map { ("\(title) on \(id.dataset)", $0.run) }
    }
  }

  /// A note for each experiment that has external runs, with what they rest on.
  var notes: [Prose] {
    runs.map(\.title).withoutRepetition.map { title in
      let own = runs.filter { $0.title == title }.map(\.run)
      let programs = own.compactMap(\.provenance?.external?.program).withoutRepetition
      let maker = programs.isEmpty ? "another program" : programs.joined(separator: " and ")
      return
        "\(Self.mark) \(title): \(Self.seeds(own.map(\.seed))) external, measured here on files of \(maker) and not "
        + "trained here."
    }
  }

  /// `seed 0`, `seeds 0, 2`.
  static func seeds(_ seeds: [Int]) -> String {
    (seeds.count == 1 ? "seed " : "seeds ") + seeds.map(String.init).joined(separator: ", ")
  }
}
