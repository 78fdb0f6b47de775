import Comparison
import Experiments

/// Where the numbers come from: code, machine, libraries, data, and the hashes of every run.
struct Environment: Section {
  let title = "Environment"

  func body(_ findings: Findings) -> [Block] {
    let provenances = findings.records.compactMap(\.run.provenance).withoutRepetition
    if provenances.isEmpty { "No run has recorded where it ran." }
    for provenance in provenances {
      let runs = findings.records.filter { $0.run.provenance == provenance }.count
      let kind = provenance.external == nil ? "runs" : runs == 1 ? "external run, measured" : "external runs, measured"
      Block.heading("\(runs) \(kind) on \(provenance.host)", level: 3)
      Block.definitions(definitions(provenance))
    }
    if !findings.records.isEmpty {
      Block.details("Every run with its hashes, time and memory", [.table(table(findings))])
    }
  }

  private func definitions(_ provenance: Provenance) -> [Definition] {
    [
      Definition("Code", code(provenance.code)), Definition("Processor", Prose(provenance.processor)),
      Definition("Instruction set", Prose(provenance.instructionSet)),
      Definition("Threads a run", "\(provenance.threads)"),
      Definition("Libraries", Prose(pairs(provenance.libraries).map { "\($0) \($1)" }.joined(separator: ", "))),
    ]
      + (provenance.external.map(definitions) ?? [])
      + pairs(provenance.data).map { Definition("Data: \($0)", "SHA-256 \(code: $1)") }
      + (provenance.dataRemarks ?? []).map { Definition("Data not as published", Prose($0)) }
  }

  private func code(_ version: String) -> Prose {
    guard version.hasSuffix("+") else { return "\(code: version)" }
    return "\(code: version): with files unlike those of the commit, or by a program that was built before them"
  }

  /// What an external run rests on.
  private func definitions(_ external: ExternalOrigin) -> [Definition] {
    [Definition("Made by", Prose(external.program ?? "an unnamed program"))]
      + external.files.map { file in
        Definition(
          Prose(file.role.capitalisedFirst),
          "\(Numerals.count(file.count)) in \(code: file.path), SHA-256 \(code: file.sha256)")
      }
  }

  private func pairs(_ dictionary: [String: String]) -> [(String, String)] {
    dictionary.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }

  private func table(_ findings: Findings) -> Table {
    Table(
      caption: "Runs", tier: findings.tier,
      columns: [
        Column("run", .name), Column("status", .text), Column("configuration", .text), Column("weights", .text),
        Column("wall time", .number), Column("processor time", .number), Column("peak memory", .number),
      ],
      rows: findings.records.map { row($0.run) },
      notes: [
        "Configuration and weights are the first 16 digits of SHA-256; equal weights are equal bit for bit."
      ])
  }

  private func row(_ run: Run) -> Row {
    Row(
      [
        .text("\(code: run.id)"), .text(Prose(run.status.rawValue)),
        .text("\(code: String(run.configurationHash.prefix(16)))"),
        run.weightsHash.map { .text("\(code: String($0.prefix(16)))") } ?? .missing("none"),
        run.seconds.map { .number($0, shown: Numerals.duration(seconds: $0)) } ?? .missing("none"),
        run.processorSeconds.map { .number($0, shown: Numerals.duration(seconds: $0)) } ?? .missing("none"),
        run.peakMemory.map { .number(Double($0), shown: Numerals.bytes($0)) } ?? .missing("none"),
      ], about: Topic(run.experiment, tier: run.tier))
  }
}
