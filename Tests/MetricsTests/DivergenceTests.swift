import Execution
import Experiments
import Foundation
import Tensors
import Testing

@testable import Metrics

private func score(_ id: String, of subject: Subject) throws -> Score {
  let id = try #require(MetricID(id))
  return try #require(try measure([id], of: subject, executor: CPUExecutor()) { _ in }.scores.first)
}

private func normals(_ rows: Int, _ columns: Int, _ purpose: String, shift: Float = 0) -> Matrix {
  let values = Generator(seed: 5).split(purpose).normals(rows * columns)
  return Matrix(rows: rows, columns: columns, values: values.map { $0 + shift })
}

/// KL(q‖p) + KL(p‖q) of N(δ, v) and N(0, 1) in each of two dimensions.
private func symmetric(offset: Double, variance: Double) -> Double {
  let forward = variance + offset * offset - 1 - log(variance)
  let backward = (1 + offset * offset) / variance - 1 + log(variance)
  return forward + backward
}

@Suite struct NeighbourDivergenceTests {
  @Test func `four points give what a pencil gives`() throws {
    let (p, q) = (Matrix(rows: 2, columns: 1, values: [0, 1]), Matrix(rows: 2, columns: 1, values: [3, 7]))
    // Own distances 1, 1 and 4, 4; to the others 3, 2 and 2, 6.
    let forward = 0.5 * (log(3.0) + log(2.0)) + log(2.0)
    let backward = 0.5 * (log(0.5) + log(1.5)) + log(2.0)
    #expect(abs(try SymmetricDivergence(p, q).value - (forward + backward)) < 1e-12)
  }

  @Test func `draws of one distribution are near zero`() throws {
    let estimate = try SymmetricDivergence(normals(3000, 2, "a"), normals(3000, 2, "b"))
    // d · log s/r is the difference of two Gumbel-like numbers, variance π²/3: 0.033 a direction with 3000. Four of both.
    #expect(abs(estimate.value) < 0.2)
    #expect(estimate.remark == nil)
  }

  @Test func `two shifted Gaussians are near the closed form`() throws {
    let estimate = try SymmetricDivergence(normals(4000, 2, "a"), normals(4000, 2, "b", shift: 1))
    // ‖δ‖² = 2. The spread of the above, and the estimator's bias in the tails.
    #expect(abs(estimate.value - 2) < 0.3)
  }

  @Test func `the sum of both directions does not depend on their order, nor on a rotation or a scale`() throws {
    let (p, q) = (normals(300, 2, "a"), normals(300, 2, "b", shift: 1))
    let value = try SymmetricDivergence(p, q).value
    #expect(try SymmetricDivergence(q, p).value == value)
    let turned = try SymmetricDivergence(turning(p), turning(q)).value
    // Coordinates are rounded to float32 again.
    #expect(abs(turned - value) < 1e-4)
  }

  private func turning(_ points: Matrix) -> Matrix {
    var turned = points
    for row in 0..<points.rows {
      turned[row, 0] = 3 * (0.6 * points[row, 0] - 0.8 * points[row, 1])
      turned[row, 1] = 3 * (0.8 * points[row, 0] + 0.6 * points[row, 1])
    }
    return turned
  }

  @Test func `points that coincide are left out and counted`() throws {
    let p = Matrix(rows: 4, columns: 1, values: [0, 0, 1, 3])
    let estimate = try SymmetricDivergence(p, Matrix(rows: 2, columns: 1, values: [10, 12]))
    // The two zeros have no distance to each other; 1 and 3 remain, with own distances 1, 2 and 9, 7 to the others;
    // among the others 2, 2 and 7, 9.
    let forward = 0.5 * (log(9.0) + log(3.5)) + log(2.0 / 3)
    let backward = 0.5 * (log(3.5) + log(4.5)) + log(4.0)
    #expect(abs(estimate.value - (forward + backward)) < 1e-12)
    #expect(estimate.remark == "2 points that coincide with another were left out")
  }

  @Test func `a collapsed cloud has no divergence but an error`() throws {
    let p = Matrix(rows: 3, columns: 1, values: [1, 1, 1])
    #expect(throws: MetricError.coincident(count: 3)) { try SymmetricDivergence(p, normals(3, 1, "a")) }
  }

  @Test(arguments: ["z", "z0"])
  func `a model whose aggregate posterior is a known Gaussian gets its divergence in both spaces`(
    space: String
  ) throws {
    var model = AnalyticModel(lengths: [0, 0], size: 3, noiseVariance: 1, scale: 2, shift: 1)
    (model.widening, model.offset) = (0.5, 1)
    let score = try score("skl/knn?space=\(space)", of: model.subject { $0.evaluation.sklSamples = 3000 })
    // In units of the prior q is N(½, ½).
    #expect(abs(try #require(score.value) - symmetric(offset: 0.5, variance: 0.5)) < 0.3)
    #expect(score.metric.description == "skl/knn?n=3000&space=\(space)")
  }
}

@Suite struct MixtureDivergenceTests {
  @Test func `posteriors equal to the prior are at no distance`() throws {
    let model = AnalyticModel(lengths: [0, 0], size: 3, noiseVariance: 1, scale: 2, shift: 1)
    let score = try score("skl/mc?space=z", of: model.subject())
    // log q and log p agree but for float32 codes and log-determinants.
    #expect(abs(try #require(score.value)) < 1e-5)
  }

  @Test func `a Gaussian aggregate posterior is at its closed form, within the standard error`() throws {
    var model = AnalyticModel(lengths: [0, 0], size: 3, noiseVariance: 1, scale: 2, shift: 1)
    (model.widening, model.offset) = (0.5, 1)
    let score = try score("skl/mc?space=z", of: model.subject { $0.evaluation.sklSamples = 4000 })
    let (value, error) = (try #require(score.value), try #require(score.standardError))
    #expect(abs(value - symmetric(offset: 0.5, variance: 0.5)) < 4 * error)
    #expect(error < 0.05)
    #expect(score.metric.description == "skl/mc?n=4000&posteriors=200&space=z")
  }

  @Test func `the true posteriors of a good model mix to the prior`() throws {
    let model = AnalyticModel(lengths: [2, 1], size: 6, noiseVariance: 0.25)
    let score = try score("skl/mc?space=z", of: model.subject(test: 3000))
    // 3000 posteriors of width about 0.25 and 0.45 cover the plane but for grains.
    #expect(abs(try #require(score.value)) < 0.1)
  }
}
