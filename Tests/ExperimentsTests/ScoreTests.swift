import Experiments
import Testing

struct ScoreTests {
  @Test(arguments: [Double.nan, .infinity, -.infinity])
  func `a value that is not finite makes the score failed, with a reason`(value: Double) {
    let score = Score(
      metric: MetricID("elbo"), value: value, standardError: 1, unit: "nats", direction: .higher, count: 7,
      remark: "of 7 images")
    #expect(score.status == .failed)
    #expect(score.value == nil)
    #expect(score.standardError == nil)
    #expect(score.reason?.hasSuffix("of 7 images") == true)
  }

  @Test func `a record finds a score by a pattern that says less`() throws {
    let id = ExperimentID(paper: "dpvae", dataset: "mnist", method: "vae")
    let score = Score(
      metric: MetricID("nll/importance", ["images": "20"]), value: 3, unit: "nats", direction: .lower, count: 20)
    let record = RunRecord(
      run: Run(experiment: id, tier: .smoke, seed: 0, configuration: try sample()), scores: [score], curves: [],
      artefacts: [])
    #expect(record.score(MetricID("nll/importance")) == score)
    #expect(record.score(MetricID("nll/authors")) == nil)
  }
}
