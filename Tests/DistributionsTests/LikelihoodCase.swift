import Distributions
import Experiments
import Foundation
import NaiveTwin
import Networks
import Tensors

/// A likelihood of the catalog with settings to test it at.
struct LikelihoodCase: Sendable, CustomStringConvertible {
  /// As the fixture names it.
  let description: String
  let name: String
  let settings: [String: Double]
  let isTraining: Bool

  init(_ name: String, _ variant: String? = nil, _ settings: [String: Double] = [:], isTraining: Bool = true) {
    (self.name, self.settings, self.isTraining) = (name, settings, isTraining)
    description = variant.map { "\(name), \($0)" } ?? name
  }

  static let all: [LikelihoodCase] = [
    LikelihoodCase("bernoulli"),
    LikelihoodCase("bitwise-categorical"),
    LikelihoodCase("categorical"),
    LikelihoodCase("gaussian", nil, ["mseWeight": 3]),
    LikelihoodCase("logistic-mixture", nil, ["components": 5]),
    LikelihoodCase("optimal-sigma", nil, ["testMomentum": 0.75]),
    LikelihoodCase("optimal-sigma", "trained", ["testMomentum": 0.75], isTraining: false),
    LikelihoodCase("optimal-sigma-per-image"),
    LikelihoodCase("per-pixel-sigma", nil, ["maxLogDeviation": 2]),
    LikelihoodCase("shared-sigma", nil, ["softclip": 1]),
    LikelihoodCase("shared-sigma", "unclipped", ["softclip": 0]),
    LikelihoodCase("student-t"),
  ]

  var showsDraws: Bool { LikelihoodCatalog.all.contains { $0.card.name == name && $0.card.showsDraws } }

  func likelihood() throws -> any Likelihood {
    try LikelihoodCatalog.likelihood(LikelihoodSettings(name: name, settings: settings))
  }
}

/// A likelihood in a graph, with a point at which to evaluate it.
struct LikelihoodTrace {
  let likelihood: any Likelihood
  let graph: Graph
  let items: Tensor
  let raw: Tensor
  let distortion: Tensor
  let mean: Tensor
  /// Traced last, so that its draws are the only ones of their purpose.
  let shown: Tensor
  var point: Point

  /// The leaves that training changes, or would if a decoder gave them.
  var leaves: [Tensor] { [raw] + graph.trainedParameters }

  /// The constant that the distortion lacks, for one item.
  var omitted: Double { likelihood.omittedDistortion(size: items.shape.count / items.shape[0]) }

  /// - Parameters:
  ///   - items: values of items of the given shape; by default levels of the fixture.
  ///   - outputs: from an index to one of the decoder's outputs; by default the fixture's waves.
  init(
    _ entry: LikelihoodCase, shape: Shape = [2, 3, 2, 2], items: [Double]? = nil,
    outputs: (Int) -> Double = LikelihoodTrace.wave
  ) throws {
    likelihood = try entry.likelihood()
    graph = Graph(isTraining: entry.isTraining)
    self.items = graph.input("items", shape)
    let channels = shape[1]
    let rawShape = Shape([shape[0], channels * likelihood.outputsPerElement] + shape.dimensions.dropFirst(2))
    raw = graph.input("raw", rawShape)
    let output = DecoderOutput(raw: raw, channels: channels, activation: .sigmoid)
    distortion = likelihood.distortion(of: self.items, given: output)
    mean = likelihood.mean(of: output)
    shown = likelihood.shown(of: output)
    point = Point(
      inputs: [
        "items": items ?? (0..<shape.count).map { Double($0 * 85 % 256) / 255 },
        "raw": (0..<rawShape.count).map(outputs),
      ],
      parameters: [
        "likelihood.logDeviation": [-1.5], "likelihood.runningError": [0.15], "likelihood.runningWeight": [0.75],
      ])
  }

  /// −log p(x|z) of each item.
  func negativeLogLikelihoods() -> [Double] {
    NaiveTwin.evaluate([distortion], at: point)[0].map { $0 + omitted }
  }

  static func wave(_ index: Int) -> Double {
    let place = Double(index)
    return 4 * sin(0.25 + 0.7 * place + 0.001 * place * place)
  }
}
