import Experiments
import Foundation
import Tensors

extension Configuration {
  /// A configuration of which only the model matters.
  static func sample(
    method: String = "vae", prior: MethodSettings.Prior = .standard, posterior: MethodSettings.Posterior = .gaussian,
    likelihood: LikelihoodSettings = .gaussian(1),
    settings: [String: Double] = [:], network: String = "two-moons-mlp", latents: Int = 2, leakySlope: Double = 0.01,
    couplingBlocks: Int = 6
  ) throws -> Configuration {
    let object: [String: Any] = [
      "dataset": ["name": "two-moons", "preprocessing": "none", "trainLimit": 0, "testLimit": 0, "augment": false],
      "method": ["name": method, "prior": prior.rawValue, "posterior": posterior.rawValue, "settings": settings],
      "likelihood": ["name": likelihood.name, "settings": likelihood.settings],
      "network": [
        "name": network, "latents": latents, "leakySlope": leakySlope, "couplingBlocks": couplingBlocks,
      ],
      "training": [
        "iterations": 1, "batch": 2, "learningRate": 1e-4, "halveEvery": 0, "beta1": 0.9, "beta2": 0.999,
        "epsilon": 1e-8,
        "selection": "last", "checkpointEvery": 1, "logEvery": 1, "secondStage": ["iterations": 0, "halveEvery": 0],
      ],
      "evaluation": [
        "samples": 1, "lowPosteriorDraws": 1, "lowPosteriorKept": 1, "sklSamples": 1, "leakageSamples": 1,
        "leakagePosteriors": 1, "likelihoodImages": 1, "likelihoodSamples": 1, "lowPosteriorDensity": "exact",
      ],
    ]
    return try JSONDecoder().decode(Configuration.self, from: JSONSerialization.data(withJSONObject: object))
  }
}

extension LikelihoodSettings {
  /// A squared error of weight w.
  static func gaussian(_ weight: Double) -> LikelihoodSettings {
    LikelihoodSettings(name: "gaussian", settings: ["mseWeight": weight])
  }
}

/// Numbers without pattern, by formula: `sin(phase + 0.7·i + 0.001·i²)`.
func wave(_ count: Int, phase: Double) -> [Double] {
  (0..<count).map(Double.init).map { (index: Double) -> Double in
    let angle = phase + 0.7 * index
    return sin(angle + 0.001 * index * index)
  }
}

/// Each parameter's wave, its phase the parameter's place in order of name, scaled by 2/√fan-in, a flow's by 1/√fan-in.
func waves(for parameters: [Parameter]) -> [String: [Double]] {
  var weights: [String: [Double]] = [:]
  for (ordinal, leaf) in parameters.sorted(by: { $0.name < $1.name }).enumerated() {
    guard case .uniform(let fanIn) = leaf.initializer else { continue }
    let scale = (leaf.name.hasPrefix("prior.") ? 1 : 2) / Double(fanIn).squareRoot()
    weights[leaf.name] = wave(leaf.shape.count, phase: Double(ordinal)).map { $0 * scale }
  }
  return weights
}

extension Graph {
  var parameterLeaves: [Parameter] { parameters.compactMap { $0.node.operation as? Parameter } }
}
