import Comparison
import Experiments
import Foundation
import Testing

/// Studies whose truth is known: how often verdicts are right, and how often chance alone supports a claim.
struct SimulatedStudyTests {
  private static let studies = 1000

  private struct Power: Decodable {
    let effect: Double
    let seeds: Int
    let supported: Double
  }

  private struct Reference: Decodable { let power: [Power] }

  /// Normal numbers from whole ones, by the sum of twelve uniforms less six: variance 1, tails to six deviations.
  private struct Noise {
    var state: UInt64

    mutating func next() -> Double {
      (0..<12).reduce(-6.0) { sum, _ in
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return sum + Double(state >> 11) / Double(1 << 53)
      }
    }
  }

  /// The paired differences of a study, of unit deviation about `effect`.
  private func differences(_ seeds: Int, effect: Double, _ noise: inout Noise) -> [Double] {
    (0..<seeds).map { _ in effect + noise.next() }
  }

  /// The runs of five seeds of both sides, made once and given other scores in each study.
  private static let runs = Result { try Sample.records(better: [0, 0, 0, 0, 0], worse: [0, 0, 0, 0, 0]).map(\.run) }

  /// Runs of both sides with such differences.
  private func records(_ seeds: Int, effect: Double, _ noise: inout Noise) throws -> [RunRecord] {
    let worse = (0..<seeds).map { _ in 10 + noise.next() }
    let better = worse.map { $0 - effect - noise.next() }
    return try Self.runs.get().filter { $0.seed < seeds }.map { run in
      let value = (run.experiment == Sample.better ? better : worse)[run.seed]
      let score = Score(metric: Sample.metric, value: value, unit: "nats", direction: .lower, count: 600)
      return RunRecord(run: run, scores: [score], curves: [], artefacts: [])
    }
  }

  // Four standard errors of a share over a thousand studies: one false alarm in 16,000, and the seeds are fixed.
  private func isWithinChance(_ count: Int, of probability: Double) -> Bool {
    let error = (probability * (1 - probability) / Double(Self.studies)).squareRoot()
    return abs(Double(count) / Double(Self.studies) - probability) <= 4 * error + 1e-9
  }

  @Test func `claims are supported as often as the noncentral t says, and by chance at the nominal rate`() throws {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(path: "Fixtures/statistics.json")
    let reference = try JSONDecoder().decode(Reference.self, from: Data(contentsOf: file))
    for row in reference.power where row.seeds < 10 {
      var noise = Noise(state: UInt64(row.seeds) &* 977 &+ UInt64(row.effect * 10))
      let supported = (0..<Self.studies).count { _ in
        let test = MeanTest(differences(row.seeds, effect: row.effect, &noise))
        return test.interval(level: 0.05).map { $0.low > 0 } ?? false
      }
      #expect(isWithinChance(supported, of: row.supported), "\(row): \(supported) of \(Self.studies)")
    }
  }

  @Test func `verdicts on a thousand null studies are supported at half the two-sided level`() throws {
    var noise = Noise(state: 1)
    var outcomes: [Verdict.Outcome: Int] = [:]
    for _ in 0..<Self.studies {
      let verdict = try Sample.decided(Sample.claim(), try records(4, effect: 0, &noise))
      outcomes[verdict.outcome, default: 0] += 1
    }
    #expect(isWithinChance(outcomes[.supported] ?? 0, of: 0.025), "\(outcomes)")
    #expect(isWithinChance(outcomes[.contradicted] ?? 0, of: 0.025), "\(outcomes)")
  }

  @Test func `over the five null claims of a paper any false verdict is as rare as the level, once corrected`() throws {
    var noise = Noise(state: 2)
    let mistaken = (0..<Self.studies).count { _ in
      let verdicts = (0..<5).map { _ in
        let test = MeanTest(differences(4, effect: 0, &noise))
        let outcome: Verdict.Outcome = (test.p ?? 1) < 0.05 ? .supported : .inconclusive
        return Verdict(claim: Sample.claim(), tier: .nightly, outcome: outcome, adjustedP: test.p, account: ".")
      }
      return verdicts.corrected.contains { $0.outcome != .inconclusive }
    }
    // Independent claims: 1 − (1 − 0.05 / 5)⁵ = 0.049.
    #expect(isWithinChance(mistaken, of: 0.049), "\(mistaken)")
  }

  @Test func `where the effect is large every verdict is right`() throws {
    var noise = Noise(state: 3)
    for _ in 0..<50 {
      let records = try records(5, effect: 12, &noise)
      #expect(try Sample.decided(Sample.claim(), records).outcome == .supported)
      #expect(try Sample.decided(Sample.claim(swapped: true), records).outcome == .contradicted)
    }
  }
}
