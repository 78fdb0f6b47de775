import Datasets
import Execution
import Experiments
import Methods
import Networks
import Tensors
import Testing

@testable import Training

/// Iterations of two programs: FactorVAE's model and discriminator.
@Suite struct PartsTests {
  private static let settings = ["discriminatorRate": 1e-3, "gamma": 5]

  @Test func `the model's step leaves the discriminator bit for bit, and the discriminator's step the model`() throws {
    let configuration = try factorSample().configuration()
    let parts = try TrainingProgram(configuration, trainCount: 53).parts
    #expect(parts.count == 2)
    for (index, isOwn) in [(0, { !$0 }), (1, { $0 })] as [(Int, (Bool) -> Bool)] {
      let store = ParameterStore()
      for part in parts { store.add(parametersOf: part.program.graph, seed: 4) }
      let before = store.snapshot
      let executable = try CPUExecutor().compile(parts[index].program, parameters: store)
      for (input, _) in parts[index].feeds {
        let buffer = executable.input(input)
        for place in buffer.indices { buffer[place] = Float(place % 7) / 7 }
      }
      executable.run(seed: 1, step: 0)
      for (name, values) in before {
        let hasMoved = !values.elementsEqual(store.values(name))
        #expect(hasMoved == isOwn(name.hasPrefix("discriminator.")), "part \(index): \(name)")
      }
    }
  }

  @Test func `alternating steps follow the naive twin's, one by one`() throws {
    let configuration = try factorSample().configuration()
    let runs = try [CPUExecutor() as any Executor, TwinExecutor()].map { (executor: any Executor) -> [[Double]] in
      let (program, store) = (
        try TrainingProgram(configuration, method: SmallAdversary(), trainCount: 53), ParameterStore()
      )
      var phase = try phase(program, configuration, store, executor)
      return (0..<10).map { (step: Int) -> [Double] in
        phase.run(step: step)
        return [program.losses(of: phase).loss, Double(phase.stations[1].executable.scalar("adversary"))]
      }
    }
    for (ours, twins) in zip(runs[0], runs[1]) {
      // Float32 against Double: 1e-7 an operation, growing along ten dependent steps.
      for (a, b) in zip(ours, twins) { #expect(abs(a - b) < 1e-4 * max(1, abs(b))) }
    }
  }

  @Test func `the discriminator sees the codes from before the model's update`() throws {
    let configuration = try factorSample().configuration()
    let (program, store) = (try TrainingProgram(configuration, trainCount: 53), ParameterStore())
    var phase = try phase(program, configuration, store, CPUExecutor())
    phase.run(step: 0)
    let executables = phase.stations.map(\.executable)
    #expect(executables[0].output("codes").elementsEqual(executables[1].input("codes")))
    #expect(!executables[0].input("items").elementsEqual(executables[1].input("items")))
  }

  @Test func `both batches of an iteration are drawn independently, each reproducibly`() throws {
    let configuration = try factorSample().configuration()
    var (own, other) = (
      Batches(of: .arcs(), configuration, seed: 1),
      Batches(of: .arcs(), configuration, seed: 1, purpose: "discriminator")
    )
    var again = Batches(of: .arcs(), configuration, seed: 1, purpose: "discriminator")
    #expect(Array(own.indices(step: 3)) != Array(other.indices(step: 3)))
    #expect(Array(again.indices(step: 3)) == Array(other.indices(step: 3)))
  }

  @Test func `the discriminator learns to tell codes whose dimensions depend on each other`() throws {
    var sample = factorSample(iterations: 150)
    sample.likelihood = .gaussian(1000)
    sample.settings["gamma"] = 0
    let configuration = try sample.configuration()
    let (program, store) = (try TrainingProgram(configuration, trainCount: 53), ParameterStore())
    var phase = try phase(program, configuration, store, CPUExecutor())
    var losses: [Double] = []
    for step in 0..<150 {
      phase.run(step: step)
      losses.append(Double(phase.stations[1].executable.scalar("discriminator")))
    }
    // Guessing costs log 2 = 0.693; points on an arc have codes on a curve, which permuting leaves.
    #expect(losses.suffix(30).reduce(0, +) / 30 < 0.6, "\(losses.suffix(30))")
  }

  private func phase(
    _ program: TrainingProgram, _ configuration: Configuration, _ store: ParameterStore, _ executor: any Executor
  ) throws -> Phase {
    try Phase(
      program.parts, parameters: store, executor: executor, seed: 1,
      batches: { Batches(of: .arcs(), configuration, seed: 1, purpose: $0) },
      shuffle: { Shuffle(count: $0, batch: 10, by: Generator(seed: 1)) })
  }

  private func factorSample(iterations: Int = 5) -> Sample {
    var sample = Sample(iterations: iterations, logEvery: 1)
    sample.method = "factor-vae"
    sample.settings = Self.settings
    return sample
  }
}

/// FactorVAE's structure with a discriminator of eight units.
private struct SmallAdversary: Method {
  static let card = MethodCard(name: "small", title: "Small", source: "here")
  static let specialCase = SpecialCase("always itself", settings: [:]) { Self().objective($0) }

  init() {}
  init(settings: SettingValues) {}

  func objective(_ pass: ForwardPass) -> Tensor {
    pass.reconstruction + pass.rates.sum() - 5 * Self.verdict(on: pass.codes).mean()
  }

  var companion: Companion? {
    Companion(name: "adversary", optimizer: Adam(rate: 1e-2, beta1: 0.5)) { codes, fresh in
      let order = codes.graph.permutation(codes.shape[0], purpose: "adversary/permutation")
      return Self.verdict(on: codes).softplus.mean() + (-Self.verdict(on: fresh.gather(order))).softplus.mean()
    }
  }

  private static func verdict(on codes: Tensor) -> Tensor {
    let network = Sequential([
      Linear("adversary.linear", codes.shape[1], 8), LeakyReLU(slope: 0.2), Linear("adversary.head", 8, 1),
    ])
    return network(codes)
  }
}

extension ParameterStore {
  /// A copy of every parameter's values, in the store's order.
  var snapshot: [(name: String, values: [Float])] { slices.map { ($0.name, Array(values($0.name))) } }
}
