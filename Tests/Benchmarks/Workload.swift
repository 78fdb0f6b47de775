import Datasets
import Distributions
import Execution
import Experiments
import Foundation
import Methods
import Networks
import Tensors
import Training

/// One of the papers' trainings or evaluations: runs so many iterations and says when a window of them is done.
struct Workload: Sendable {
  let name: String
  let batch: Int
  let run: @Sendable (_ recording: Recording) throws -> Void

  /// In the order of the table.
  static let all = [
    experiment("dpvae-mnist", network: "dpvae-mnist", latents: 2, batch: 100),
    experiment("dpvae-svhn", network: "dpvae-svhn", latents: 20, batch: 50),
    experiment("dpvae-celeba", network: "dpvae-celeba", latents: 32, batch: 50),
    objective("two-stage-neutral", network: NeutralNetwork(side: 28, channels: 1), latents: 64, batch: 64),
    objective("two-stage-second", network: SecondStageNetwork(), latents: 64, batch: 64),
    objective("sigma-vae-svhn", network: SigmaVAENetwork(side: 28, channels: 3), latents: 20, batch: 128),
    experiment(
      "factor-vae-mnist", network: "dpvae-mnist-factor", latents: 2, batch: 100, method: "factor-vae",
      prior: .standard, settings: #"{"discriminatorRate": 1e-4, "gamma": 1000}"#),
    importance,
    neighbours,
    frechet,
    inception,
  ]

  /// A training as users run it, data and curves included.
  private static func experiment(
    _ name: String, network: String, latents: Int, batch: Int, method: String = "vae",
    prior: MethodSettings.Prior = .decoupled, settings: String = "{}"
  ) -> Workload {
    Workload(name: name, batch: batch) { run in
      var configuration = try configuration(
        network: network, latents: latents, batch: batch, method: method, prior: prior, settings: settings)
      configuration.training.iterations = run.iterations
      configuration.training.logEvery = run.window
      let shape = NetworkCatalog.network(named: network)?.itemShape.dimensions ?? []
      _ = try Training.train(
        configuration, seed: 0, on: .noise(shape, count: 20 * batch), executor: CountingExecutor(run)
      ) { _ in run.mark() }
    }
  }

  /// One iteration, and nothing measured.
  static func configuration(
    network: String, latents: Int, batch: Int, method: String = "vae", prior: MethodSettings.Prior = .decoupled,
    settings: String = "{}"
  ) throws -> Configuration {
    let json = """
      {
        "dataset": {"name": "noise", "preprocessing": "none", "trainLimit": 0, "testLimit": 0, "augment": false},
        "method": {"name": "\(method)", "prior": "\(prior.rawValue)", "posterior": "gaussian", "settings": \(settings)},
        "likelihood": {"name": "gaussian", "settings": {"mseWeight": 1}},
        "network": {"name": "\(network)", "latents": \(latents), "leakySlope": 0.01, "couplingBlocks": 6},
        "training": {
          "iterations": 1, "batch": \(batch), "learningRate": 1e-4, "halveEvery": 0, "beta1": 0.9, "beta2": 0.999,
          "epsilon": 1e-8, "selection": "last", "checkpointEvery": 1, "logEvery": 1,
          "secondStage": {"iterations": 0, "halveEvery": 0}
        },
        "evaluation": {
          "samples": 0, "lowPosteriorDraws": 0, "lowPosteriorKept": 0, "sklSamples": 0, "leakageSamples": 0,
          "leakagePosteriors": 0, "likelihoodImages": 0, "likelihoodSamples": 0, "lowPosteriorDensity": "exact"
        }
      }
      """
    return try JSONDecoder().decode(Configuration.self, from: Data(json.utf8))
  }

  /// A step of the VAE with one learned deviation of a Gaussian decoder, as Two-Stage VAE and σ-VAE train it.
  private static func objective(_ name: String, network: any Architecture, latents: Int, batch: Int) -> Workload {
    Workload(name: name, batch: batch) { run in
      let program = learnedDeviation(network, latents: latents, batch: batch)
      let parameters = ParameterStore()
      parameters.add(parametersOf: program.graph, seed: 0)
      let executable = try CountingExecutor(run).compile(program, parameters: parameters)
      let items = Dataset.noise(network.itemShape.dimensions, count: 20 * batch).train
      for iteration in 1...run.iterations {
        let input = executable.input("items")
        for position in 0..<batch {
          let place = (position * items.size)..<((position + 1) * items.size)
          items.read(
            (iteration * batch + position) % items.count, into: UnsafeMutableBufferPointer(rebasing: input[place]))
        }
        executable.run(seed: 0, step: UInt64(iteration - 1))
        if iteration.isMultiple(of: run.window) { run.mark() }
      }
    }
  }

  private static func learnedDeviation(_ network: any Architecture, latents: Int, batch: Int) -> Program {
    let graph = Graph(isTraining: true)
    let items = graph.input("items", Shape([batch] + network.itemShape.dimensions))
    let head = network.encoder(latents: latents, leakySlope: 0.2)(items)
    let (mean, logVariance) = (head.slice(axis: 1, 0..<latents), head.slice(axis: 1, latents..<(2 * latents)))
    let codes = mean + graph.normal([batch, latents], purpose: "noise") * (logVariance * 0.5).exp
    let logDeviation = graph.parameter("logDeviation", .scalar, .constant(0))
    let images = network.outputActivation(network.decoder(latents: latents, leakySlope: 0.2)(codes))
    let errors = (items - images).square.sum()
    let rates = StandardPrior(latents: latents).rate(mean: mean, logVariance: logVariance, sample: codes).sum()
    let loss = errors * (logDeviation * -2).exp * 0.5 + Float(items.shape.count) * logDeviation + rates
    let update = Update(of: graph.trainedParameters, toLessen: loss, by: Adam(rate: 1e-4))
    return Program(graph: graph, outputs: [("loss", loss)], update: update)
  }
}

extension Dataset {
  /// Images of noise: what is in them costs nothing.
  static func noise(_ shape: [Int], count: Int) -> Dataset {
    let size = shape.reduce(1, *)
    let bytes = Generator(seed: 0).uniforms(count * size).map { UInt8($0 * 255) }
    let items = Items(count: count, size: size, storage: .bytes(bytes))
    let card = DatasetCard(
      name: "noise", title: "Noise", itemShape: shape, trainCount: count, testCount: 1, source: "a generator",
      isSynthetic: true)
    return Dataset(card: card, train: items, test: items.prefix(1), digest: "")
  }
}

/// The processor's executor, noting how much arithmetic its programs are.
struct CountingExecutor: Executor {
  private let recording: Recording
  /// Whether only the steps of trainings count.
  private let countsUpdatesOnly: Bool

  init(_ recording: Recording, countsUpdatesOnly: Bool = true) {
    self.recording = recording
    self.countsUpdatesOnly = countsUpdatesOnly
  }

  func compile(_ program: Program, parameters: ParameterStore) throws -> any Executable {
    let plan = try CPUExecutor().plan(program, parameters: parameters)
    if program.update != nil || !countsUpdatesOnly { recording.plans.append(plan) }
    return plan
  }
}
