import Comparison
import Experiments
import Foundation
import Reporting
import Testing

/// What a departure holds for is said in few words, and in all of them.
@Suite struct DeparturesTests {
  /// Methods a, b and c on two datasets in two readings, and a alone on a third, with what each departs in.
  private func paper(_ departures: (ExperimentID) -> [String]) -> Paper {
    let ids = ["mnist", "svhn"].flatMap { dataset in
      [Reading.paper, .code].flatMap { reading in
        ["a", "b", "c"].map { ExperimentID(paper: "p", dataset: dataset, method: $0, reading: reading) }
      }
    }
    let experiments = (ids + [ExperimentID(paper: "p", dataset: "celeba", method: "a")]).map { id in
      Experiment(id: id, title: id.variant, metrics: [], configurations: [:], departures: departures(id))
    }
    return Paper(
      name: "p", title: "P", source: "s", experiments: experiments, claims: [], published: [], departures: [],
      notImplemented: [])
  }

  /// The line of the page in Markdown that has the words.
  private func line(_ words: String, _ departures: @escaping (ExperimentID) -> Bool) throws -> String {
    let findings = compare(paper: paper { departures($0) ? [words] : [] }, records: [], tier: .smoke)
    let page = try #require(try report([findings], command: "assay report").first { $0.path == "p.md" })
    let lines = String(decoding: page.content, as: UTF8.self).split(separator: "\n")
    return String(try #require(lines.first { $0.contains(words) }))
  }

  @Test func `a whole dataset is a wildcard`() throws {
    #expect(try line("The crop is ours.") { $0.dataset == "svhn" }.hasSuffix("The crop is ours. For `p/svhn/*`."))
  }

  @Test func `a whole reading is a wildcard over the datasets that have it`() throws {
    let line = try line("A slip of the code.") { $0.reading == .code }
    #expect(line.hasSuffix("For `p/{mnist,svhn}/*+code`."))
  }

  @Test func `methods that hold on the same datasets stand together, others apart`() throws {
    let line = try line("No weight is stated.") { id in
      id.reading == .paper && (id.method == "c" && id.dataset == "mnist" || id.method != "c")
    }
    #expect(line.hasSuffix("For `p/celeba/*`, `p/{mnist,svhn}/{a,b}`, `p/mnist/c`."), "\(line)")
  }

  @Test func `what holds in several readings alike is said once`() throws {
    let line = try line("The length is ours.") { $0.method == "b" || $0.method == "c" && $0.reading == .code }
    #expect(line.hasSuffix("For `p/{mnist,svhn}/b`, `p/{mnist,svhn}/{b,c}+code`."))
    let both = try self.line("The rate is ours.") { $0.method == "b" }
    #expect(both.hasSuffix("For `p/{mnist,svhn}/b{,+code}`."))
  }
}
