import Comparison
import Experiments

/// Where the experiments depart from the paper, and what of the paper is left out.
struct Departures: Section {
  let title = "Departures from the paper"

  func body(_ findings: Findings) -> [Block] {
    let departures = all(findings.paper)
    if departures.isEmpty { "No departure is written down." } else { Block.list(departures) }
    let data = findings.records.compactMap(\.run.provenance).flatMap { $0.dataRemarks ?? [] }.withoutRepetition
    if !data.isEmpty {
      Block.heading("Data that are not as published", level: 3)
      Block.list(data.sorted().map { Prose($0) })
    }
    if !findings.paper.notImplemented.isEmpty {
      Block.heading("Not implemented", level: 3)
      Block.list(findings.paper.notImplemented.map { Prose($0) })
    }
  }

  /// Each departure once, with what it holds for.
  private func all(_ paper: Paper) -> [Prose] {
    let own = paper.experiments.flatMap(\.departures).withoutRepetition.filter { !paper.departures.contains($0) }
    return paper.departures.map { Prose($0) }
      + own.map { "\($0) For " + Prose(codes: holders(of: $0, in: paper)) + "." }
  }

  /// Whole datasets by a wildcard, else the experiments one by one.
  private func holders(of departure: String, in paper: Paper) -> [String] {
    let datasets = Dictionary(grouping: paper.experiments, by: \.id.dataset)
    return paper.experiments.map(\.id.dataset).withoutRepetition.flatMap { dataset -> [String] in
      let all = datasets[dataset] ?? []
      let holders = all.filter { $0.departures.contains(departure) }
      return holders.count == all.count ? ["\(paper.name)/\(dataset)/*"] : holders.map(\.id.description)
    }
  }
}
