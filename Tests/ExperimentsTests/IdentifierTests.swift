import Experiments
import Foundation
import Testing

struct IdentifierTests {
  private static let experiments = [
    ExperimentID(paper: "dpvae", dataset: "mnist", method: "vae"),
    ExperimentID(paper: "dpvae", dataset: "two-moons", method: "beta-vae-h", reading: .code),
    ExperimentID(paper: "sigma-vae", dataset: "svhn", method: "optimal-sigma-vae"),
  ]

  private static let metrics: [MetricID] = [
    MetricID("elbo"),
    MetricID("fd-lp/random-conv", ["n": "10000", "ref": "train"]),
    MetricID("leakage", ["t": "-50"]),
    MetricID("skl/knn", ["space": "z0"]),
  ]

  @Test(arguments: experiments)
  func `an experiment's id read from its own text is itself`(id: ExperimentID) throws {
    #expect(ExperimentID(id.description) == id)
    #expect(try throughJSON(id) == id)
    #expect(try text(id) == "\"\(id)\"")
  }

  @Test(arguments: metrics)
  func `a metric's id read from its own text is itself`(id: MetricID) throws {
    #expect(MetricID(id.description) == id)
    #expect(try throughJSON(id) == id)
    #expect(try text(id) == "\"\(id)\"")
  }

  @Test(arguments: [
    "", "dpvae", "dpvae/mnist", "dpvae/mnist/vae/x", "/mnist/vae", "dpvae//vae", "dpvae/mnist/", "dpvae/mnist/vae+",
    "dpvae/mnist/vae+author", "dpvae/mnist/vae+code+code", "dpvae/mnist/+code",
  ])
  func `text of another form is no experiment`(malformed: String) throws {
    #expect(ExperimentID(malformed) == nil)
    let json = try JSONEncoder().encode(malformed)
    #expect(throws: DecodingError.self) { try JSONDecoder().decode(ExperimentID.self, from: json) }
  }

  @Test(arguments: ["", "?", "?n=3", "fid?", "fid?n", "fid?=3", "fid?n=3&", "fid?n=3&n=4", "fid?n=3&n=3"])
  func `text of another form is no metric`(malformed: String) throws {
    #expect(MetricID(malformed) == nil)
    let json = try JSONEncoder().encode(malformed)
    #expect(throws: DecodingError.self) { try JSONDecoder().decode(MetricID.self, from: json) }
  }

  @Test func `the order of a metric's arguments does not matter`() throws {
    let (first, second) = (try #require(MetricID("fid?n=10&ref=test")), try #require(MetricID("fid?ref=test&n=10")))
    #expect(first == second)
    #expect(first.description == second.description)
    #expect(first.hashValue == second.hashValue)
    #expect(try text(first) == text(second))
  }

  @Test func `a metric matches the patterns that say less, never those that say more or other`() {
    let full = MetricID("nll/importance", ["images": "100", "samples": "2000"])
    #expect(full.matches(MetricID("nll/importance")))
    #expect(full.matches(MetricID("nll/importance", ["samples": "2000"])))
    #expect(full.matches(full))
    #expect(!full.matches(MetricID("nll/importance", ["samples": "21000"])))
    #expect(!full.matches(full.with(["ref": "test"])))
    #expect(!full.matches(MetricID("nll/authors")))
  }

  @Test func `further arguments replace those of the same key and keep the rest`() {
    let id = MetricID("fid", ["n": "10", "ref": "test"]).with(["n": "20", "resize": "tf1"])
    #expect(id.description == "fid?n=20&ref=test&resize=tf1")
    #expect(id["n"] == "20")
    #expect(id["stretch"] == nil)
  }

  @Test func `tiers rise from smoke over nightly to paper`() {
    #expect([Tier.paper, .smoke, .nightly].sorted() == [.smoke, .nightly, .paper])
  }

  private func throughJSON<Value: Codable>(_ value: Value) throws -> Value {
    try JSONDecoder().decode(Value.self, from: JSONEncoder().encode(value))
  }

  private func text(_ value: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .withoutEscapingSlashes
    return String(decoding: try encoder.encode(value), as: UTF8.self)
  }
}
