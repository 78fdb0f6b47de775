import Comparison
import Experiments
import Testing

/// Rankings, trends, equalities and values: what an ordering is not.
struct ClaimKindTests {
  private static let ids = ["a", "b", "c"].map { ExperimentID(paper: "dpvae", dataset: "mnist", method: $0) }

  /// Three experiments over four seeds, each a step of about one above the one before.
  private func steps(_ heights: [Double] = [1, 2, 3], tier: Tier = .nightly) throws -> [RunRecord] {
    try zip(Self.ids, heights).flatMap { id, height in
      try (0..<4).map { seed in
        try Sample.record(
          id, seed: seed, value: height + 0.0625 * Double((seed * 5 + Int(height * 3)) % 4), tier: tier)
      }
    }
  }

  private func claim(
    _ assertion: Assertion, seeds: Int = 3, test: Claim.Test = .student, tier: Tier = .nightly
  ) -> Claim {
    Claim(
      id: "dpvae/x", statement: "A statement.", source: "Table 1", tier: tier, seeds: seeds, level: 0.05, test: test,
      assertion: assertion)
  }

  @Test func `a ranking holds where each is better than the next, and falls with one reversed pair`() throws {
    let ranking = claim(.ranking(Self.ids, metric: Sample.metric))
    #expect(try Sample.decided(ranking, steps()).outcome == .supported)
    #expect(try Sample.decided(ranking, steps([1, 3, 2])).outcome == .contradicted)
    #expect(try Sample.decided(ranking, steps([1, 2, 2])).outcome == .inconclusive)
  }

  @Test func `a ranking's p is that of its weakest link, and its account tells every link`() throws {
    let verdict = try Sample.decided(claim(.ranking(Self.ids, metric: Sample.metric)), steps([1, 2, 2.5]))
    let weak = try Sample.decided(
      claim(.ordering(better: Self.ids[1], worse: Self.ids[2], metric: Sample.metric)), steps([1, 2, 2.5]))
    #expect(verdict.p == weak.p)
    #expect(verdict.effect == weak.effect)
    #expect(verdict.account.hasPrefix("a over b: lower by "))
    #expect(verdict.account.contains(", b over c: lower by "))
  }

  @Test func `a trend knows rising from falling, whichever way the metric is better`() throws {
    let rising = claim(.monotone(Self.ids, trend: .rising, metric: Sample.metric))
    let falling = claim(.monotone(Self.ids, trend: .falling, metric: Sample.metric))
    #expect(try Sample.decided(rising, steps()).outcome == .supported)
    #expect(try Sample.decided(falling, steps()).outcome == .contradicted)
    #expect(try Sample.decided(falling, steps([3, 2, 1])).outcome == .supported)
  }

  @Test func `an equality holds within its margin, fails beyond it, and is open where the interval crosses it`() throws
  {
    func verdict(_ margin: Double, _ heights: [Double]) throws -> Verdict {
      let equal = Assertion.equality(Self.ids[0], Self.ids[1], margin: margin, metric: Sample.metric)
      return try Sample.decided(claim(equal), steps(heights))
    }
    #expect(try verdict(2, [1, 2, 3]).outcome == .supported)
    #expect(try verdict(0.25, [1, 2, 3]).outcome == .contradicted)
    #expect(try verdict(1, [1, 2, 3]).outcome == .inconclusive)
    #expect(try verdict(0.25, [1, 2, 3]).account.contains("the margin is ± 0.2500"))
  }

  @Test func `the interval of an equality lies inside the margin exactly where it is supported`() throws {
    for margin in [0.5, 0.9, 1.0, 1.1, 1.25, 1.5] {
      let equal = Assertion.equality(Self.ids[0], Self.ids[1], margin: margin, metric: Sample.metric)
      let verdict = try Sample.decided(claim(equal), steps())
      let interval = try #require(verdict.interval)
      #expect((verdict.outcome == .supported) == (interval.low > -margin && interval.high < margin))
    }
  }

  @Test func `three seeds never reach 0.05 by sign flips, six do`() throws {
    #expect(Claim.Test.signFlip.leastSeeds(level: 0.05) == 6)
    #expect(Claim.Test.signFlip.leastSeeds(level: 0.01) == 8)
    func verdict(seeds: Int) throws -> Verdict {
      let values = (0..<seeds).map { 1 + 0.01 * Double($0) }
      let ordering = Assertion.ordering(better: Sample.better, worse: Sample.worse, metric: Sample.metric)
      return try Sample.decided(
        claim(ordering, test: .signFlip), Sample.records(better: values, worse: values.map { $0 * 3 }))
    }
    #expect(try verdict(seeds: 5).outcome == .inconclusive)
    #expect(try verdict(seeds: 6).outcome == .supported)
    #expect(try verdict(seeds: 6).adjustedP == 0.03125)
  }

  @Test func `the bootstrap decides where a claim asks for it`() throws {
    let ordering = Assertion.ordering(better: Sample.better, worse: Sample.worse, metric: Sample.metric)
    let records = try Sample.records(better: [1, 1.1, 0.9, 1.2], worse: [1.6, 3.5, 1.3, 1.9])
    #expect(try Sample.decided(claim(ordering), records).outcome == .inconclusive)
    #expect(try Sample.decided(claim(ordering, test: .bootstrap), records).outcome == .supported)
  }

  @Test func `correction over the claims of a paper undoes what one alone would reach`() throws {
    let ordering = claim(.ordering(better: Sample.better, worse: Sample.worse, metric: Sample.metric))
    let verdict = try Sample.decided(ordering, Sample.records(better: [1, 1.1, 0.9], worse: [1.4, 1.3, 1.25]))
    let p = try #require(verdict.adjustedP)
    #expect(verdict.outcome == .supported && p > 0.025)
    let both = [verdict, verdict].corrected
    #expect(both.allSatisfy { $0.outcome == .inconclusive && $0.adjustedP == 2 * p })
    #expect(both.allSatisfy { $0.account.hasSuffix(" after Holm's correction over 2 claims.") })
    #expect([verdict].corrected == [verdict])
  }

  /// A claim of every kind on `a`, `b` and `c`, and one on a published cell of the plain VAE, each with what it needs.
  private static func claimsOfAllKinds() -> [(assertion: Assertion, needed: [ExperimentID])] {
    let metric = Sample.metric
    return [
      (.ordering(better: ids[0], worse: ids[1], metric: metric), [ids[0], ids[1]]),
      (.ordering(better: ids[1], worse: ids[2], metric: metric), [ids[1], ids[2]]),
      (.ranking(ids, metric: metric), ids),
      (.monotone(ids, trend: .rising, metric: metric), ids),
      (.monotone([ids[0], ids[2]], trend: .rising, metric: metric), [ids[0], ids[2]]),
      (.equality(ids[0], ids[1], margin: 5, metric: metric), [ids[0], ids[1]]),
      (.value(Sample.published(metric: metric), tolerance: 0.2, trials: nil), [Sample.worse]),
    ]
  }

  @Test func `without one run's row exactly the claims that need it are not run`() throws {
    let published = try (0..<4).map { seed in
      try Sample.record(Sample.worse, seed: seed, value: 1.25 + 0.01 * Double(seed), tier: .paper, iterations: 6000)
    }
    let records = try steps(tier: .paper) + published
    for removed in records {
      let left = records.filter { $0.run.id != removed.run.id }
      for (assertion, needed) in Self.claimsOfAllKinds() {
        let verdict = try Sample.decided(claim(assertion, seeds: 4), left, tier: .paper)
        let expected: Verdict.Outcome = needed.contains(removed.run.experiment) ? .notRun : .supported
        #expect(verdict.outcome == expected, "\(assertion) without \(removed.run.id)")
      }
    }
  }

  @Test func `a seed that failed leaves a claim open, not unrun`() throws {
    let broken = try Sample.record(Sample.better, seed: 2, status: .diverged)
    let records = try Sample.records(better: [1, 1.1], worse: [2, 2.1, 2.2]) + [broken]
    #expect(try Sample.decided(Sample.claim(), records).outcome == .inconclusive)
  }
}
