import Distributions
import Execution
import Experiments
import Foundation
import NaiveTwin
import Tensors
import Testing

/// What holds of every likelihood of the catalog.
@Suite struct LikelihoodLawTests {
  @Test func `the catalog is in order of name, and each of its likelihoods has a case here`() {
    let names = LikelihoodCatalog.all.map { $0.card.name }
    #expect(names == names.sorted())
    #expect(Set(LikelihoodCase.all.map(\.name)) == Set(names))
    for entry in LikelihoodCase.all {
      let card = LikelihoodCatalog.all.first { $0.card.name == entry.name }?.card
      #expect(card.map { Set($0.settings.map(\.name)) } == Set(entry.settings.keys))
    }
  }

  /// The fixture has twelve digits; float32 holds the constants of the graphs, such as ½ log 2π, to seven.
  @Test(arguments: LikelihoodCase.all)
  func `the distortion with what it omits is −log p as SciPy has it`(entry: LikelihoodCase) throws {
    let expected = try #require(try Self.reference()[entry.description])
    let values = try LikelihoodTrace(entry).negativeLogLikelihoods()
    #expect(values.count == expected.count)
    for (value, reference) in zip(values, expected) { #expect(abs(value - reference) < 1e-6 * abs(reference)) }
  }

  @Test func `every case of the fixture is tested`() throws {
    #expect(try Self.reference().keys.sorted() == LikelihoodCase.all.map(\.description).sorted())
  }

  @Test(arguments: LikelihoodCase.all)
  func `gradients with respect to everything learned agree with finite differences`(entry: LikelihoodCase) throws {
    let trace = try LikelihoodTrace(entry)
    let loss = trace.distortion.sum()
    let gradients = NaiveTwin.evaluate(
      trace.graph.gradients(of: loss, withRespectTo: trace.leaves), at: trace.point)
    for (leaf, gradient) in zip(trace.leaves, gradients) {
      let direction = gradient.indices.map { cos(Double($0 * $0)) }
      let slope = NaiveTwin.slope(of: loss, along: direction, of: leaf, at: trace.point)
      let expected = zip(gradient, direction).reduce(0) { $0 + $1.0 * $1.1 }
      // Rounding of a sum of some hundred over twice 10⁻⁵, and the constants' seven digits.
      #expect(abs(slope - expected) < 1e-6 * max(1, gradient.map(abs).reduce(0, +)))
    }
  }

  @Test(arguments: LikelihoodCase.all)
  func `the processor computes what the twin does, to single precision`(entry: LikelihoodCase) throws {
    let trace = try LikelihoodTrace(entry)
    let wanted = Self.wanted(of: trace)
    let expected = NaiveTwin.evaluate(wanted.map(\.tensor), at: trace.point)
    for (values, reference) in zip(try Self.run(wanted, at: trace.point), expected) {
      let scale = reference.map(abs).reduce(1, max)
      // Single precision loses most where bins are narrow beside the numbers that they are differences of.
      for (value, number) in zip(values, reference) { #expect(abs(value - number) < 1e-5 * scale) }
    }
  }

  @Test(arguments: LikelihoodCase.all, [-50, 0, 50])
  func `logits of any size leave everything finite`(entry: LikelihoodCase, logit: Double) throws {
    let mixed = try LikelihoodTrace(entry) { index in index.isMultiple(of: 3) ? -logit : logit }
    for trace in [try LikelihoodTrace(entry) { _ in logit }, mixed] {
      let values = try Self.run(Self.wanted(of: trace), at: trace.point)
      #expect(values.allSatisfy { $0.allSatisfy(\.isFinite) })
    }
  }

  @Test(arguments: LikelihoodCase.all)
  func `items that are their own means leave everything finite`(entry: LikelihoodCase) throws {
    let items = Array(repeating: 0.5, count: 24)
    let trace = try LikelihoodTrace(entry, items: items) { _ in 0 }
    #expect(try Self.run(Self.wanted(of: trace), at: trace.point).allSatisfy { $0.allSatisfy(\.isFinite) })
  }

  @Test(arguments: LikelihoodCase.all)
  func `means have the shape of items and lie where a sigmoid does`(entry: LikelihoodCase) throws {
    let trace = try LikelihoodTrace(entry)
    #expect(trace.mean.shape == trace.items.shape)
    let values = NaiveTwin.evaluate([trace.mean], at: trace.point)[0]
    #expect(values.allSatisfy { 0...1 ~= $0 })
    #expect(Set(values).count > 6)
  }

  @Test(arguments: LikelihoodCase.all.filter { !($0.name == "optimal-sigma" && $0.isTraining) })
  func `an item's −log p does not depend on the others`(entry: LikelihoodCase) throws {
    let together = try LikelihoodTrace(entry)
    let values = together.negativeLogLikelihoods()
    var alone = try LikelihoodTrace(entry, shape: [1, 3, 2, 2])
    for (item, value) in values.enumerated() {
      for leaf in [alone.items, alone.raw] {
        let count = leaf.shape.count
        alone.point[leaf] = Array(together.point[leaf][(item * count)..<((item + 1) * count)])
      }
      #expect(abs(alone.negativeLogLikelihoods()[0] - value) < 1e-12 * max(1, abs(value)))
    }
  }

  @Test(arguments: LikelihoodCase.all.filter { $0.measures(.probability) })
  func `the probabilities of the 256 levels of a number add up to one`(entry: LikelihoodCase) throws {
    let levels = (0..<256).map { Double($0) / 255 }
    let width = try entry.likelihood().outputsPerElement
    let trace = try LikelihoodTrace(entry, shape: [256, 1, 1, 1], items: levels) { LikelihoodTrace.wave($0 % width) }
    let total = trace.negativeLogLikelihoods().reduce(0) { $0 + exp(-$1) }
    // The half-width of a bin is a float32: 256 bins are off by some 10⁻⁷ of their edges.
    #expect(abs(total - 1) < 1e-6)
  }

  /// x = u / (1 − u²) carries ±1 to all numbers. Where a density falls as x^−2.7, its integrand ends as (1 − u)^0.7,
  /// and the midpoint rule of step h is off by some h^1.7.
  @Test(
    arguments: LikelihoodCase.all.filter { $0.measures(.density) && !($0.name == "optimal-sigma" && $0.isTraining) })
  func `a density integrates to one`(entry: LikelihoodCase) throws {
    let count = 4000
    let places = (0..<count).map { (Double($0) + 0.5) / Double(count) * 2 - 1 }
    let trace = try LikelihoodTrace(
      entry, shape: [count, 1, 1, 1], items: places.map { $0 / (1 - $0 * $0) }, outputs: { _ in 1.5 })
    let total = zip(places, trace.negativeLogLikelihoods()).reduce(0) { sum, pair in
      let (u, cost) = pair
      return sum + exp(-cost) * (1 + u * u) / ((1 - u * u) * (1 - u * u))
    }
    #expect(abs(total * 2 / Double(count) - 1) < 1e-4)
  }

  private static func wanted(of trace: LikelihoodTrace) -> [(name: String, tensor: Tensor)] {
    let gradients = trace.graph.gradients(of: trace.distortion.sum(), withRespectTo: trace.leaves)
    return [("distortion", trace.distortion), ("mean", trace.mean)]
      + gradients.enumerated().map { (name: "gradient \($0.offset)", tensor: $0.element) }
  }

  private static func run(_ wanted: [(name: String, tensor: Tensor)], at point: Point) throws -> [[Double]] {
    let graph = wanted[0].tensor.graph
    let store = ParameterStore()
    store.add(parametersOf: graph, seed: 0)
    for slice in store.slices {
      _ = store.values(slice.name).update(fromContentsOf: (point.parameters[slice.name] ?? []).map(Float.init))
    }
    let executable = try CPUExecutor().compile(Program(graph: graph, outputs: wanted), parameters: store)
    for name in ["items", "raw"] {
      _ = executable.input(name).update(fromContentsOf: (point.inputs[name] ?? []).map(Float.init))
    }
    executable.run(seed: 0, step: 0)
    return wanted.map { executable.output($0.name).map(Double.init) }
  }

  private static func reference() throws -> [String: [Double]] {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    let data = try Data(contentsOf: folder.appendingPathComponent("Fixtures/likelihoods.json"))
    return try JSONDecoder().decode([String: [Double]].self, from: data)
  }
}

extension LikelihoodCase {
  func measures(_ measure: LikelihoodCard.Measure) -> Bool {
    LikelihoodCatalog.all.contains { $0.card.name == name && $0.card.measure == measure }
  }
}
