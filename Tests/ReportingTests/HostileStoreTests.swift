import Comparison
import Experiments
import Foundation
import Reporting
import SampleReport
import Testing

/// A store may be somebody else's: what it says of runs is text on every page, and never a place of a file.
struct HostileStoreTests {
  private static let text = "</script><script>alert(1)</script><img src=x onerror=alert(2)>\u{1B}[2J/../../../out"
  /// The keys of a record under which a store has words: reasons, remarks, names, units, and where a run was made.
  private static let words: Set = [
    "code", "dataRemarks", "host", "instructionSet", "libraries", "name", "processor", "reason", "remark", "unit",
  ]
  private let harmless: [ReportFile]
  private let files: [ReportFile]

  init() throws {
    let sample = try SampleFindings()
    func report(_ records: [RunRecord]) throws -> [ReportFile] {
      try Reporting.report([compare(paper: sample.paper, records: records, tier: .nightly)], command: "assay report")
    }
    let records = sample.findings().records
    harmless = try report(records)
    files = try report(try records.map(Self.poisoned))
  }

  private func pages(_ files: [ReportFile]) throws -> [(path: String, markup: ParsedMarkup)] {
    try files.filter { $0.path.hasSuffix(".html") || $0.path.hasSuffix(".svg") }
      .map { ($0.path, try ParsedMarkup(String(decoding: $0.content, as: UTF8.self))) }
  }

  @Test func `every page and drawing is well-formed, and its scripts are ours`() throws {
    let ours = try pages(harmless).flatMap { $0.markup.all("script").map(\.text) }
    for (path, page) in try pages(files) {
      #expect(page.all("script").allSatisfy { ours.contains($0.text) }, "\(path)")
      #expect(page.elements.allSatisfy { $0.attributes.keys.allSatisfy { !$0.hasPrefix("on") } }, "\(path)")
    }
    let all = files.map { String(decoding: $0.content, as: UTF8.self) }
    #expect(all.contains { $0.contains("onerror=alert(2)") }, "what the store says is nowhere")
    for file in files where file.path.hasSuffix(".md") {
      // In code a mark is no mark.
      let prose = String(decoding: file.content, as: UTF8.self).replacing(/`[^`]*`/, with: "")
      #expect(!prose.contains("<script>"), "\(file.path)")
    }
  }

  @Test func `every file lies in the report's folder or its figures`() {
    for file in files {
      let parts = file.path.split(separator: "/", omittingEmptySubsequences: false)
      #expect(parts.count == 1 || (parts.count == 2 && parts[0] == "figures"), "\(file.path)")
      #expect(parts.last?.wholeMatch(of: /[a-z0-9.-]*[a-z0-9]\.(html|md|png|svg)/) != nil, "\(file.path)")
    }
  }

  @Test(arguments: [1.0, -1.0])
  func `numbers at the ends of their range are on well-formed pages`(sign: Double) throws {
    let sample = try SampleFindings()
    let records = try sample.findings().records.map { try Self.stretched($0, sign: sign) }
    let findings = compare(paper: sample.paper, records: records, tier: .nightly)
    #expect(try pages(Reporting.report([findings], command: "assay report")).count > 3)
  }

  /// The record with the largest number, or the smallest, wherever it has one.
  private static func stretched(_ record: RunRecord, sign: Double) throws -> RunRecord {
    func stretch(_ scores: [Score]) -> [Score] {
      scores.map { score in
        guard score.value != nil else { return score }
        return Score(
          metric: score.metric, value: sign * .greatestFiniteMagnitude, standardError: .greatestFiniteMagnitude,
          unit: score.unit, direction: score.direction, count: .max, remark: score.reason)
      }
    }
    let points = record.curves.enumerated().map { place, point in
      CurvePoint(
        name: point.name, iteration: place.isMultiple(of: 2) ? .max : .min, value: sign * .greatestFiniteMagnitude)
    }
    var run = record.run
    (run.attempts, run.peakMemory) = (.max, .max)
    (run.started, run.seconds) = (sign * .greatestFiniteMagnitude, .greatestFiniteMagnitude)
    run.processorSeconds = .greatestFiniteMagnitude
    return RunRecord(
      run: run, scores: stretch(record.scores), curves: points, artefacts: record.artefacts, events: record.events)
  }

  /// The record with the text in each of its words; what was there stays behind it, so that names still differ.
  private static func poisoned(_ record: RunRecord) throws -> RunRecord {
    let tree = try JSONSerialization.jsonObject(with: JSONEncoder().encode(record))
    return try JSONDecoder().decode(
      RunRecord.self, from: JSONSerialization.data(withJSONObject: poisoned(tree, isWord: false)))
  }

  private static func poisoned(_ value: Any, isWord: Bool) -> Any {
    switch value {
    case let text as String: isWord ? Self.text + text : text
    case let list as [Any]: list.map { poisoned($0, isWord: isWord) }
    // The names in a configuration are those of catalogs.
    case let map as [String: Any]:
      Dictionary(
        uniqueKeysWithValues: map.map { key, value in
          (key, key == "configuration" ? value : poisoned(value, isWord: isWord || words.contains(key)))
        })
    default: value
    }
  }
}
