import Comparison
import Experiments
import Testing

struct AccountTests {
  private let better = [1, 1.25, 1.5, 1.125, 1.375]
  private let worse = [2, 2.5, 2.25, 2.125, 2.625]

  @Test func `a supported claim is told with its numbers and its assumption`() throws {
    let verdict = try Sample.decided(Sample.claim(), try Sample.records(better: better, worse: worse), tier: .nightly)
    #expect(
      verdict.account == """
        lower by 1.050 ± 0.094 (mean and standard error; 95% interval 0.790 to 1.310, bootstrap 0.900 to 1.200, n = 5, p = 0.00036; \
        exact sign-flip p = 0.062); assumes the differences are normal.
        """)
    #expect(verdict.seeds == [0, 1, 2, 3, 4])
    #expect(verdict.runs.count == 10)
  }

  @Test func `a contradicted claim is told along the direction in which the numbers lie`() throws {
    let verdict = try Sample.decided(Sample.claim(), try Sample.records(better: worse, worse: better), tier: .nightly)
    #expect(verdict.account.hasPrefix("higher by 1.050 ± 0.094 (mean and standard error; 95% interval 0.790 to 1.310,"))
  }

  @Test func `equal differences leave no spread, and zero ones no verdict`() throws {
    let steady = try Sample.decided(
      Sample.claim(), try Sample.records(better: [1, 2, 3], worse: [2, 3, 4]), tier: .nightly)
    #expect(steady.outcome == .supported)
    #expect(steady.p == 0)
    #expect(steady.statistic == nil)
    #expect(
      steady.account
        == "lower by 1.000 on each of 3 seeds, without any spread (t is infinite, p = 0; exact sign-flip p = 0.25).")
    let none = try Sample.decided(
      Sample.claim(), try Sample.records(better: [1, 2, 3], worse: [1, 2, 3]), tier: .nightly)
    #expect(none.outcome == .inconclusive)
    #expect(none.p == nil)
    #expect(none.account == "no difference on any of 3 seeds.")
  }

  @Test func `one pair has no spread and decides nothing, whatever the claim asks for`() throws {
    let verdict = try Sample.decided(
      Sample.claim(seeds: 1), try Sample.records(better: [1], worse: [2]), tier: .nightly)
    #expect(verdict.outcome == .inconclusive)
    #expect(verdict.effect == 1)
    #expect(verdict.interval == nil)
    #expect(verdict.account == "lower by 1.000 on one seed, which has no spread.")
  }

  @Test func `a claim without runs is not run, and the account says whose are missing`() throws {
    let none = try Sample.decided(Sample.claim(), [], tier: .nightly)
    #expect(none.outcome == .notRun)
    #expect(none.account == "There is no run of dpvae/mnist/dpvae and of dpvae/mnist/vae at tier nightly.")
    let pending = try Sample.record(Sample.worse, seed: 0, status: .pending)
    let half = try Sample.decided(
      Sample.claim(), try Sample.records(better: better, worse: []) + [pending], tier: .nightly)
    #expect(half.outcome == .notRun)
    #expect(half.account == "There is no run of dpvae/mnist/vae at tier nightly.")
  }

  @Test(arguments: [RunStatus.failed, .diverged, .timedOut, .interrupted, .running])
  func `a seed that did not finish on one side is left out and named`(status: RunStatus) throws {
    let broken = try Sample.record(Sample.better, seed: 7, status: status)
    let records = try Sample.records(better: better, worse: worse)
    let other = try Sample.record(Sample.worse, seed: 7, value: 2)
    let verdict = try Sample.decided(Sample.claim(), records + [broken, other], tier: .nightly)
    #expect(verdict.outcome == .supported)
    #expect(verdict.seeds == [0, 1, 2, 3, 4])
    #expect(!verdict.runs.contains(broken.run.id))
    #expect(verdict.account.contains("; without seed 7 (dpvae/mnist/dpvae \(status.rawValue): "))
  }

  @Test func `a missing partner, a missing score and an unmeasured one are each named`() throws {
    let lone = try Sample.record(Sample.better, seed: 5, value: 1)
    let unmeasured = try Sample.record(Sample.better, seed: 6)
    let notFinite = try Sample.record(Sample.better, seed: 7, value: .nan)
    let partners = try [6, 7].map { try Sample.record(Sample.worse, seed: $0, value: 2) }
    let verdict = try Sample.decided(
      Sample.claim(), try Sample.records(better: better, worse: worse) + [lone, unmeasured, notFinite] + partners,
      tier: .nightly)
    #expect(verdict.seeds == [0, 1, 2, 3, 4])
    #expect(verdict.account.contains("without seed 5 (dpvae/mnist/vae has no run)"))
    #expect(verdict.account.contains("without seed 6 (dpvae/mnist/dpvae not measured: skl/knn?space=z0 was not"))
    #expect(verdict.account.contains("without seed 7 (dpvae/mnist/dpvae failed: the value is not a number)"))
  }

  @Test func `seeds that one reason keeps out are named together`() throws {
    let broken = try [7, 9].map { try Sample.record(Sample.better, seed: $0, status: .diverged) }
    let others = try [7, 9].map { try Sample.record(Sample.worse, seed: $0, value: 2) }
    let records = try Sample.records(better: better, worse: worse)
    let account = try Sample.decided(Sample.claim(), records + broken + others, tier: .nightly).account
    #expect(account.contains("; without seeds 7, 9 (dpvae/mnist/dpvae diverged: "))
    #expect(account.ranges(of: "without").count == 1)
  }

  @Test func `scores under unlike protocols are not paired`() throws {
    let few = MetricID("skl/knn", ["samples": "100"])
    let many = MetricID("skl/knn", ["samples": "5000"])
    let records = try [
      Sample.record(Sample.better, seed: 0, value: 1, metric: few),
      Sample.record(Sample.worse, seed: 0, value: 2, metric: few),
      Sample.record(Sample.better, seed: 1, value: 1, metric: few),
      Sample.record(Sample.worse, seed: 1, value: 2, metric: many),
      Sample.record(Sample.better, seed: 2, value: 1, metric: many),
      Sample.record(Sample.worse, seed: 2, value: 2, metric: many),
    ]
    let verdict = try Sample.decided(Sample.claim(metric: MetricID("skl/knn")), records, tier: .nightly)
    #expect(verdict.seeds == [0])
    #expect(verdict.account.contains("without seed 1 (skl/knn?samples=100 is not skl/knn?samples=5000)"))
    #expect(verdict.account.contains("without seed 2 (measured as skl/knn?samples=5000, seed 0 as"))
  }

  @Test func `two runs of a seed with unlike settings are not chosen between`() throws {
    let twice = try Sample.record(Sample.better, seed: 0, value: 9, iterations: 10)
    let records = try Sample.records(better: better, worse: worse) + [twice]
    let verdict = try Sample.decided(Sample.claim(), records, tier: .nightly)
    #expect(verdict.seeds == [1, 2, 3, 4])
    #expect(verdict.account.contains("without seed 0 (dpvae/mnist/dpvae has 2 runs with unlike settings)"))
  }

  @Test func `a metric that ranks neither way decides nothing`() throws {
    let records = try Sample.records(better: better, worse: worse, direction: .neither)
    let verdict = try Sample.decided(Sample.claim(), records, tier: .nightly)
    #expect(verdict.outcome == .inconclusive)
    #expect(verdict.account == "skl/knn?space=z0 describes, it ranks neither way.")
  }

  @Test func `only the given seeds count`() throws {
    let records = try Sample.records(better: better, worse: worse)
    let verdict = try Sample.decided(Sample.claim(), records, tier: .nightly, seeds: [0, 2, 4, 9])
    #expect(verdict.seeds == [0, 2, 4])
    #expect(verdict.account.contains("without seed 9 (dpvae/mnist/dpvae has no run)"))
  }
}
