import Comparison
import Experiments

/// Where the experiments depart from the paper, and what of the paper is left out.
struct Departures: Section {
  let title = "Departures from the paper"

  func body(_ findings: Findings) -> [Block] {
    let departures = all(findings.paper)
    if departures.isEmpty { "No departure is written down." } else { Block.list(departures) }
    if !findings.paper.notImplemented.isEmpty {
      Block.heading("Not implemented", level: 3)
      Block.list(findings.paper.notImplemented.map { Prose($0) })
    }
  }

  /// Each departure once, with the experiments that it holds for.
  private func all(_ paper: Paper) -> [Prose] {
    let own = paper.experiments.flatMap(\.departures).withoutRepetition.filter { !paper.departures.contains($0) }
    return paper.departures.map { Prose($0) }
      + own.map { departure in
        let holders = paper.experiments.filter { $0.departures.contains(departure) }.map(\.id.description)
        return Prose(departure + " For ") + Prose(codes: holders) + "."
      }
  }
}
