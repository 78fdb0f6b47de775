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

  /// Whole datasets by a wildcard, of the others those that hold, as in `dpvae/{mnist,svhn}/{beta-vae-h,info-vae}{,+code}`.
  private func holders(of departure: String, in paper: Paper) -> [String] {
    let datasets = Dictionary(grouping: paper.experiments, by: \.id.dataset)
    let holders = paper.experiments.filter { $0.departures.contains(departure) }.map(\.id)
    let whole = holders.map(\.dataset).withoutRepetition.filter { dataset in
      holders.filter { $0.dataset == dataset }.count == datasets[dataset]?.count
    }
    let rest = Reading.allCases.map { reading in
      (
        reading,
        patterns(holders.filter { $0.reading == reading && !whole.contains($0.dataset) }, of: reading, in: paper)
      )
    }
    // The same experiments in several readings are one pattern with several endings.
    return whole.map { "\(paper.name)/\($0)/*" }
      + rest.flatMap(\.1).withoutRepetition.map { pattern in
        let readings = rest.filter { $0.1.contains(pattern) }.map { $0.0 == .paper ? "" : "+\($0.0.rawValue)" }
        return pattern + braced(readings)
      }
  }

  /// Experiments of one reading: methods that hold on the same datasets together, `*` where those are all there are.
  private func patterns(_ holders: [ExperimentID], of reading: Reading, in paper: Paper) -> [String] {
    let methods = holders.map(\.method).withoutRepetition
    let places = methods.map { method in holders.filter { $0.method == method }.map(\.dataset).withoutRepetition }
    return places.withoutRepetition.map { datasets in
      let own = zip(methods, places).filter { $0.1 == datasets }.map(\.0)
      let all = paper.experiments.map(\.id).filter { $0.reading == reading && datasets.contains($0.dataset) }
      let isWhole = Set(all.map(\.method)) == Set(own)
      return "\(paper.name)/\(braced(datasets))/\(isWhole ? "*" : braced(own))"
    }
  }

  private func braced(_ names: [String]) -> String {
    names.count == 1 ? names[0] : "{\(names.joined(separator: ","))}"
  }
}
