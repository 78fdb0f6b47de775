import Foundation
import Testing

private let make = "/usr/bin/make"

/// A night's work as the Makefile has it, with this build of the program. Skipped where there is no make.
@Suite(.enabled(if: FileManager.default.isExecutableFile(atPath: make)))
struct NightlyTests {
  let program: Program

  init() throws { program = try Program() }

  /// The target without the release build that it asks for.
  private func night(_ further: [String]) throws -> Program.Outcome {
    try program.run(
      make,
      [
        "-f", Program.repository + "/Makefile", "-o", "build", "nightly", "ASSAY=" + Program.path, "TIER=smoke",
        "NIGHTLY=dpvae/two-moons/vae", "CLAIMS='dpvae/two-moons/*'", "SEEDS=0",
      ] + further)
  }

  private static let steps = ["run dpvae/two-moons/vae", "verify ", "baseline show", "compare ", "report -o"]

  /// Whether the words stand in the text one after the other.
  private func follow(_ words: [String], in text: String) -> Bool {
    var rest = text[...]
    return words.allSatisfy { word in
      guard let place = rest.range(of: word) else { return false }
      rest = rest[place.upperBound...]
      return true
    }
  }

  @Test func `the steps are written down in their order`() throws {
    let outcome = try night(["--dry-run"])
    #expect(outcome.code == 0)
    #expect(follow(Self.steps, in: outcome.output))
  }

  @Test func `a first night ends as its worst step does, with claims, a baseline, a summary and a report`() throws {
    let outcome = try night([])
    // One seed decides nothing, which is 2; so is make's own code for any failure.
    #expect(outcome.code == 2)
    #expect(outcome.errors.contains("nightly] Error 2"))
    let words = ["skl/knn?space=z0", "not-run", "scores are the same bits as in first", "dpvae.html"]
    #expect(follow(words, in: outcome.output), "\(outcome.output)")
    for file in ["claims.xml", "summary.md", "report/dpvae.html", "report/index.md"] {
      #expect(FileManager.default.fileExists(atPath: "\(program.home)/\(file)"), "no \(file)")
    }
    let summary = try String(contentsOfFile: program.home + "/summary.md", encoding: .utf8)
    #expect(follow(["# Changes since first", "identical."], in: summary))
    #expect(try program.call("baseline", "list").output.contains("first"))
  }
}
