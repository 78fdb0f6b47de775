import Comparison
import Experiments
import Testing

struct DecisionTests {
  // Exact in binary, so that swapping and shifting lose nothing.
  private static let cases: [(better: [Double], worse: [Double])] = [
    ([1, 1.25, 1.5, 1.125, 1.375], [2, 2.5, 2.25, 2.125, 2.625]),
    ([2, 2.5, 2.25], [1, 1.25, 1.5]),
    ([1, 2, 3, 4], [2, 1, 4, 3.5]),
    ([1, 1.5], [2.5, 3]),
    ([0.5, 0.5, 0.5, 0.5], [1, 1, 1, 1]),
    ([0.5, 0.75, 1], [0.5, 0.75, 1]),
  ]
  private static let outcomes: [Verdict.Outcome] = [
    .supported, .contradicted, .inconclusive, .notRun, .supported, .inconclusive,
  ]

  @Test(arguments: zip(cases.indices, outcomes))
  func `the sign of the interval decides`(index: Int, outcome: Verdict.Outcome) throws {
    let verdict = try decided(Self.cases[index])
    #expect(verdict.outcome == outcome, "\(verdict.account)")
    guard verdict.outcome == .supported || verdict.outcome == .contradicted else { return }
    let interval = try #require(verdict.interval)
    #expect(verdict.outcome == .supported ? interval.low > 0 : interval.high < 0)
  }

  @Test(arguments: cases.indices)
  func `swapping the sides swaps supported and contradicted`(index: Int) throws {
    let records = try Sample.records(better: Self.cases[index].better, worse: Self.cases[index].worse)
    let (verdict, swapped) = (
      try Sample.decided(Sample.claim(), records, tier: .nightly),
      try Sample.decided(Sample.claim(swapped: true), records, tier: .nightly)
    )
    #expect(swapped.outcome == opposite(of: verdict.outcome))
    #expect(swapped.effect == verdict.effect.map { -$0 })
    #expect(swapped.interval?.low == verdict.interval.map { -$0.high })
    #expect(swapped.p == verdict.p)
    #expect(swapped.signFlipP == verdict.signFlipP)
  }

  @Test(arguments: cases.indices)
  func `a constant added to both sides changes nothing`(index: Int) throws {
    let (better, worse) = Self.cases[index]
    let shifted = try decided((better.map { $0 + 64 }, worse.map { $0 + 64 }))
    #expect(try decided((better, worse)) == shifted)
  }

  @Test(arguments: cases.indices)
  func `where higher is better the same numbers mean the opposite`(index: Int) throws {
    let verdict = try decided(Self.cases[index])
    let higher = try decided(Self.cases[index], direction: .higher)
    #expect(higher.outcome == opposite(of: verdict.outcome))
    #expect(higher.effect == verdict.effect.map { -$0 })
  }

  @Test(arguments: cases.indices)
  func `the order of the records does not matter`(index: Int) throws {
    let records = try Sample.records(better: Self.cases[index].better, worse: Self.cases[index].worse)
    let reversed = try Sample.decided(Sample.claim(), records.reversed())
    #expect(try Sample.decided(Sample.claim(), records) == reversed)
  }

  @Test(arguments: cases.indices)
  func `fewer seeds than the claim asks for never decide, and the numbers are told`(index: Int) throws {
    let records = try Sample.records(better: Self.cases[index].better, worse: Self.cases[index].worse)
    let pairs = Self.cases[index].better.count
    let verdict = try Sample.decided(Sample.claim(seeds: pairs + 1), records, tier: .nightly)
    #expect(verdict.outcome == .notRun)
    #expect(verdict.account.hasPrefix("\(pairs) of \(pairs + 1) seeds; "))
    #expect(verdict.effect != nil)
  }

  @Test(arguments: cases.indices)
  func `below its tier a claim is never decided, and the numbers are told`(index: Int) throws {
    let (better, worse) = Self.cases[index]
    let records = try Sample.records(better: better, worse: worse, tier: .smoke)
    let verdict = try Sample.decided(Sample.claim(seeds: 2), records, tier: .smoke)
    #expect(verdict.outcome == .inconclusive)
    #expect(verdict.account.hasPrefix("decided from tier nightly on; "))
    #expect(verdict.effect != nil)
  }

  @Test func `above its tier a claim is decided`() throws {
    let records = try Sample.records(better: Self.cases[0].better, worse: Self.cases[0].worse, tier: .paper)
    #expect(try Sample.decided(Sample.claim(), records, tier: .paper).outcome == .supported)
    #expect(try Sample.decided(Sample.claim(), records, tier: .nightly).outcome == .notRun)
  }

  @Test func `a laxer level never undoes a verdict`() throws {
    let records = try Sample.records(better: [1, 1.5, 1.25, 2], worse: [1.5, 1.75, 2.25, 2.5])
    let outcomes = try [0.5, 0.2, 0.1, 0.05, 0.01, 0.001, 0.0001].map {
      try Sample.decided(Sample.claim(level: $0), records, tier: .nightly).outcome
    }
    #expect(outcomes.first == .supported)
    #expect(outcomes.last == .inconclusive)
    #expect(outcomes.drop { $0 == .supported }.allSatisfy { $0 == .inconclusive })
  }

  @Test func `the interval excludes zero exactly where p is below the level`() throws {
    for (better, worse) in Self.cases {
      let records = try Sample.records(better: better, worse: worse)
      for level in [0.3, 0.1, 0.05, 0.01] {
        let verdict = try Sample.decided(Sample.claim(level: level), records, tier: .nightly)
        guard let p = verdict.p, let interval = verdict.interval else { continue }
        #expect((p < level) == (interval.low > 0 || interval.high < 0))
      }
    }
  }

  private func decided(
    _ values: (better: [Double], worse: [Double]), direction: Direction = .lower
  ) throws -> Verdict {
    let records = try Sample.records(better: values.better, worse: values.worse, direction: direction)
    return try Sample.decided(Sample.claim(), records, tier: .nightly)
  }

  private func opposite(of outcome: Verdict.Outcome) -> Verdict.Outcome {
    switch outcome {
    case .supported: .contradicted
    case .contradicted: .supported
    case .inconclusive, .notComparable, .notRun: outcome
    }
  }
}
