import Distributions
import Execution
import Experiments
import Foundation
import NaiveTwin
import Tensors
import Testing

/// What single likelihoods are in special cases.
@Suite struct LikelihoodTests {
  @Test func `the optimal σ of a batch is the shared one whose square is the mean squared error`() throws {
    let optimal = try LikelihoodTrace(LikelihoodCase("optimal-sigma", nil, ["testMomentum": 0]))
    var shared = try LikelihoodTrace(LikelihoodCase("shared-sigma", nil, ["softclip": 1]))
    let means = NaiveTwin.evaluate([shared.mean], at: shared.point)[0]
    let squares = zip(means, shared.point[shared.items]).map { ($0 - $1) * ($0 - $1) }
    shared.point.parameters["likelihood.logDeviation"] = [0.5 * log(squares.reduce(0, +) / 24)]
    // The graph's 1 / 24 is a float32.
    expectAgreement(optimal.negativeLogLikelihoods(), shared.negativeLogLikelihoods(), within: 1e-6)
  }

  @Test func `the optimal σ of one image is that of a batch of one`() throws {
    let shape: Shape = [1, 3, 2, 2]
    let batch = try LikelihoodTrace(LikelihoodCase("optimal-sigma", nil, ["testMomentum": 0]), shape: shape)
    let image = try LikelihoodTrace(LikelihoodCase("optimal-sigma-per-image"), shape: shape)
    expectAgreement(batch.negativeLogLikelihoods(), image.negativeLogLikelihoods(), within: 1e-9)
  }

  /// Means are ½ throughout; the errors of the three batches are 1, 4 and 9 hundredths.
  @Test func `after training σ² is the running mean of the batches' errors, early ones not counted as many`() throws {
    let entry = LikelihoodCase("optimal-sigma", nil, ["testMomentum": 0.75])
    let trace = try LikelihoodTrace(entry)
    let store = ParameterStore()
    store.add(parametersOf: trace.graph, seed: 0)
    let training = try CPUExecutor().compile(
      Program(graph: trace.graph, outputs: [("distortion", trace.distortion)]), parameters: store)
    training.input("raw").update(repeating: 0)
    for step in 1...3 {
      training.input("items").update(repeating: 0.5 + 0.1 * Float(step))
      training.run(seed: 0, step: UInt64(step))
    }
    let shares = [0.75 * 0.75 * 0.25, 0.75 * 0.25, 0.25]
    let expected = zip(shares, [0.01, 0.04, 0.09]).reduce(0) { $0 + $1.0 * $1.1 } / shares.reduce(0, +)
    let ratio = store.values("likelihood.runningError")[0] / store.values("likelihood.runningWeight")[0]
    // The start counts for a millionth of a variance of one.
    #expect(abs(Double(ratio) - expected) < 2e-6)
  }

  @Test func `an untrained optimal σ is one, softly clipped`() throws {
    let trace = try LikelihoodTrace(
      LikelihoodCase("optimal-sigma", nil, ["testMomentum": 0.75], isTraining: false))
    let store = ParameterStore()
    store.add(parametersOf: trace.graph, seed: 0)
    let point = Point(inputs: trace.point.inputs, parametersOf: store)
    let unit = try LikelihoodTrace(LikelihoodCase("gaussian", nil, ["mseWeight": 0.5]))
    let values = NaiveTwin.evaluate([trace.distortion], at: point)[0]
    // σ = 1.0025 costs 12 × 0.0025 nats at most, and some of the errors' share back.
    expectAgreement(values, unit.negativeLogLikelihoods(), within: 0.03)
  }

  @Test func `a variance for each pixel that is the same for all is a shared one`() throws {
    let pixel = try LikelihoodTrace(LikelihoodCase("per-pixel-sigma", nil, ["maxLogDeviation": 40])) { index in
      index % 24 < 12 ? LikelihoodTrace.wave(index % 24 + 12 * (index / 24)) : -1.5
    }
    let shared = try LikelihoodTrace(LikelihoodCase("shared-sigma", nil, ["softclip": 1]))
    expectAgreement(pixel.negativeLogLikelihoods(), shared.negativeLogLikelihoods(), within: 1e-9)
  }

  /// At ν degrees of freedom the two differ by terms of the order of x⁴ / ν.
  @Test func `Student's t of a million degrees of freedom is nearly a Gaussian`() throws {
    let student = try LikelihoodTrace(LikelihoodCase("student-t")) { index in
      [LikelihoodTrace.wave(index % 12 + 12 * (index / 36)), -1.5, 1e6][index % 36 / 12]
    }
    let deviation = log1p(exp(-1.5)) + 1e-6
    var shared = try LikelihoodTrace(LikelihoodCase("shared-sigma", nil, ["softclip": 0]))
    shared.point.parameters["likelihood.logDeviation"] = [log(deviation)]
    expectAgreement(student.negativeLogLikelihoods(), shared.negativeLogLikelihoods(), within: 0.02)
  }

  @Test func `a mixture of equal logistic distributions is one of them`() throws {
    let one = try LikelihoodTrace(LikelihoodCase("logistic-mixture", nil, ["components": 1]))
    let four = try LikelihoodTrace(LikelihoodCase("logistic-mixture", nil, ["components": 4])) { index in
      // [2, 3, 4, 12] where one component has [2, 3, 1, 12].
      LikelihoodTrace.wave(index / 48 * 12 + index % 12)
    }
    expectAgreement(one.negativeLogLikelihoods(), four.negativeLogLikelihoods(), within: 1e-9)
  }

  /// A byte's logit is the sum of the logits of its bits that are one.
  @Test func `eight independent bits are a categorical distribution, most significant bit first`() throws {
    let bitwise = try LikelihoodTrace(LikelihoodCase("bitwise-categorical"))
    let categorical = try LikelihoodTrace(LikelihoodCase("categorical")) { index in
      let (item, channel, level, pixel) = (index / 3072, index / 1024 % 3, index / 4 % 256, index % 4)
      return (0..<8).reduce(0) { sum, bit in
        let logit = LikelihoodTrace.wave(((item * 8 + bit) * 3 + channel) * 4 + pixel)
        return sum + (level >> (7 - bit) & 1 == 1 ? logit : 0)
      }
    }
    expectAgreement(bitwise.negativeLogLikelihoods(), categorical.negativeLogLikelihoods(), within: 1e-9)
    let means = [bitwise, categorical].map { NaiveTwin.evaluate([$0.mean], at: $0.point)[0] }
    expectAgreement(means[0], means[1], within: 1e-7)
  }

  /// Four thousand draws of one number: a frequency is off by its deviation √(p (1 − p) / n), five of them at most.
  @Test(arguments: LikelihoodCase.all.filter(\.showsDraws))
  func `what is shown are levels, as often as −log p says`(entry: LikelihoodCase) throws {
    let width = try entry.likelihood().outputsPerElement
    let one = { (index: Int) in LikelihoodTrace.wave(index % width) }
    let levels = try LikelihoodTrace(
      entry, shape: [256, 1, 1, 1], items: (0..<256).map { Double($0) / 255 }, outputs: one)
    let probabilities = levels.negativeLogLikelihoods().map { exp(-$0) }
    let count = 4000
    let trace = try LikelihoodTrace(entry, shape: [count, 1, 1, 1], items: [], outputs: one)
    var frequencies = Array(repeating: 0.0, count: 256)
    for value in try shown(trace, seed: 1) {
      let level = (value * 255).rounded()
      #expect(abs(value * 255 - level) < 1e-4)
      frequencies[Int(level)] += 1 / Double(count)
    }
    for (frequency, probability) in zip(frequencies, probabilities) {
      #expect(abs(frequency - probability) < 5 * (probability / Double(count)).squareRoot() + 1e-4)
    }
  }

  @Test(arguments: LikelihoodCase.all.filter { !$0.showsDraws })
  func `without draws the mean is shown`(entry: LikelihoodCase) throws {
    let trace = try LikelihoodTrace(entry)
    expectAgreement(
      try shown(trace, seed: 1).map(Double.init), NaiveTwin.evaluate([trace.mean], at: trace.point)[0], within: 1e-6)
  }

  @Test(arguments: LikelihoodCase.all.filter(\.showsDraws))
  func `other seeds show other draws, the same one the same`(entry: LikelihoodCase) throws {
    let trace = try LikelihoodTrace(entry)
    let draws = try [1, 1, 2].map { try shown(trace, seed: $0) }
    #expect(draws[0] == draws[1])
    #expect(draws[0] != draws[2])
  }

  private func shown(_ trace: LikelihoodTrace, seed: UInt64) throws -> [Float] {
    let store = ParameterStore()
    store.add(parametersOf: trace.graph, seed: 0)
    let executable = try CPUExecutor().compile(
      Program(graph: trace.graph, outputs: [("shown", trace.shown)]), parameters: store)
    // Where a state follows the items, a run reads them too.
    for (name, values) in trace.point.inputs where name == "raw" || !trace.graph.assignments.isEmpty {
      _ = executable.input(name).update(fromContentsOf: values.map(Float.init))
    }
    executable.run(seed: seed, step: 0)
    return Array(executable.output("shown"))
  }

  @Test func `numbers count as the nearest level, and those beyond the ends as the ends`() throws {
    let graph = Graph()
    let places = (0..<256).map { Float($0) / 255 } + [0.001, 0.003, 1.5, -2]
    let levels = Bytes.levels(of: graph.input("x", [260]))
    let executable = try CPUExecutor().compile(
      Program(graph: graph, outputs: [("levels", levels), ("all", Bytes.all(graph))]), parameters: ParameterStore())
    _ = executable.input("x").update(fromContentsOf: places)
    executable.run(seed: 0, step: 0)
    #expect(Array(executable.output("levels")) == (0..<256).map(Float.init) + [0, 1, 255, 0])
    #expect(Array(executable.output("all")) == (0..<256).map(Float.init))
  }

  @Test(
    arguments: [
      ("bernoulli", ["x": 1], "likelihood.settings names 'x'"),
      ("shared-sigma", ["softclip": 0.5], "likelihood.settings.softclip is 0.5"),
      ("optimal-sigma", ["testMomentum": 1], "likelihood.settings.testMomentum is 1.0"),
      ("per-pixel-sigma", ["maxLogDeviation": -6], "likelihood.settings.maxLogDeviation is -6.0"),
      ("logistic-mixture", ["components": 2.5], "likelihood.settings.components is 2.5"),
      ("logistic-mixture", ["components": 0], "likelihood.settings.components is 0.0"),
      ("logistic-mixture", [:], "likelihood.settings lacks 'components'"),
      ("normal", [:], "likelihood.name is 'normal'"),
    ] as [(String, [String: Double], String)])
  func `a likelihood that cannot be is refused with a sentence`(
    name: String, settings: [String: Double], account: String
  ) {
    let error = #expect(throws: SettingsError.self) { try LikelihoodCase(name, nil, settings).likelihood() }
    #expect(error.map { "\($0)" }?.hasPrefix(account) == true)
  }

  private func expectAgreement(_ values: [Double], _ others: [Double], within tolerance: Double) {
    #expect(values.count == others.count)
    for (value, other) in zip(values, others) { #expect(abs(value - other) < tolerance) }
  }
}
