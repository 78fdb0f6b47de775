import Datasets
import Experiments
import Methods
import Testing
import Training

@Suite struct ValidationTests {
  @Test(arguments: [
    (Sample(iterations: 0), "training.iterations is 0"), (Sample(batch: 0), "training.batch is 0"),
    (Sample(learningRate: 0), "training.learningRate is 0.0"), (Sample(checkpointEvery: 0), "training.checkpointEvery"),
    (Sample(logEvery: -1), "training.logEvery is -1"),
  ])
  func `a number that means nothing is refused`(sample: Sample, account: String) throws {
    let configuration = try sample.configuration()
    let error = #expect(throws: SettingsError.self) { try validate(configuration, for: .arcs()) }
    #expect(error.map { "\($0)" }?.hasPrefix(account) == true)
  }

  @Test func `a network and a dataset of different shapes are refused`() throws {
    let configuration = try Sample(network: "dpvae-mnist").configuration()
    let error = #expect(throws: TrainingError.self) { try validate(configuration, for: .arcs()) }
    let account = "The network dpvae-mnist takes items of shape [1, 28, 28], but arcs has [2]"
    #expect(error.map { "\($0)" }?.hasPrefix(account) == true)
  }

  @Test func `fewer items than a batch are refused, as many are not`() throws {
    let configuration = try Sample(batch: 10).configuration()
    #expect(throws: TrainingError.self) { try validate(configuration, for: .arcs(9)) }
    try validate(configuration, for: .arcs(10))
  }
}
