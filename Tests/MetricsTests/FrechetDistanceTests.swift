import Execution
import Experiments
import Foundation
import Tensors
import Testing

@testable import Metrics

/// Rows of correlated numbers: normal ones through a fixed mixing matrix, and moved.
private func features(_ rows: Int, _ columns: Int, _ purpose: String, shift: Float = 0) -> Matrix {
  let generator = Generator(seed: 9).split(purpose)
  let noise = Matrix(rows: rows, columns: columns, values: generator.split("rows").normals(rows * columns))
  let mixing = Matrix(rows: columns, columns: columns, values: generator.split("mixing").normals(columns * columns))
  var mixed = Matrix(rows: rows, columns: columns)
  for row in 0..<rows {
    for column in 0..<columns {
      mixed[row, column] = shift + (0..<columns).reduce(Float(0)) { $0 + noise[row, $1] * mixing[$1, column] }
    }
  }
  return mixed
}

private func moments(_ matrix: Matrix) -> Moments {
  var moments = FeatureMoments()
  moments.add(matrix)
  return moments.whole
}

private func distance(_ a: Moments, _ b: Moments) throws -> Double { try FrechetReference(a).squaredDistance(to: b) }

/// The trace of a covariance sets the scale of rounding: eigenvalues are good to 1e-16 of it, their square roots to 1e-8.
private let tolerance = 1e-6

@Suite struct FrechetDistanceTests {
  let a = moments(features(200, 6, "a"))
  let b = moments(features(150, 6, "b", shift: 0.5))

  @Test func `moments are at no distance from themselves`() throws {
    #expect(abs(try distance(a, a)) < tolerance)
    #expect(abs(try distance(b, b)) < tolerance)
  }

  @Test func `the distance is the same both ways and positive`() throws {
    let there = try distance(a, b)
    #expect(there > 1)
    #expect(abs(there - (try distance(b, a))) < tolerance * there)
  }

  @Test func `a rotation of both changes nothing`() throws {
    let turned = try distance(rotated(a), rotated(b))
    #expect(abs(turned - (try distance(a, b))) < tolerance * turned)
  }

  @Test func `the root of the distance obeys the triangle inequality`() throws {
    let c = moments(features(100, 6, "c", shift: -1))
    let (ab, bc, ac) = (try distance(a, b), try distance(b, c), try distance(a, c))
    #expect(ac.squareRoot() <= ab.squareRoot() + bc.squareRoot() + tolerance)
  }

  @Test func `diagonal covariances give the closed form`() throws {
    let (v, w) = ([1.0, 4, 0.25, 0], [9.0, 4, 1, 2])
    let roots = zip(v, w).map { $0.squareRoot() - $1.squareRoot() }
    let expected = roots.reduce(4.0) { $0 + $1 * $1 }
    let obtained = try distance(diagonal(v, mean: [0, 0, 0, 0]), diagonal(w, mean: [2, 0, 0, 0]))
    #expect(abs(obtained - expected) < tolerance)
  }

  @Test func `two dimensions that do not commute give the closed form`() throws {
    // For 2 × 2 matrices tr (AB)^½ = (tr AB + 2 (det A det B)^½)^½.
    let first = Moments(count: 9, mean: [0, 0], covariance: [2, 0.5, 0.5, 1])
    let second = Moments(count: 9, mean: [1, 0], covariance: [1, -0.3, -0.3, 3])
    let (trace, determinants): (Double, Double) = (2 - 0.3 + 3, (2 - 0.25) * (3 - 0.09))
    let overlap = (trace + 2 * determinants.squareRoot()).squareRoot()
    #expect(abs(try distance(first, second) - (1 + 3 + 4 - 2 * overlap)) < 1e-12)
  }

  @Test func `fewer items than features still give a distance`() throws {
    let (few, other) = (moments(features(5, 8, "few")), moments(features(6, 8, "other")))
    #expect(abs(try distance(few, few)) < tolerance * 10)
    #expect(try distance(few, other) > 0)
  }

  @Test func `features that are not finite are an error`() {
    let broken = Moments(count: 3, mean: [0, 0], covariance: [1, .nan, .nan, 1])
    #expect(throws: MetricError.self) { try FrechetReference(broken) }
    #expect(throws: MetricError.self) { try distance(diagonal([1, 1], mean: [0, 0]), broken) }
  }

  private func diagonal(_ variances: [Double], mean: [Double]) -> Moments {
    var covariance = [Double](repeating: 0, count: variances.count * variances.count)
    for (index, variance) in variances.enumerated() { covariance[index * (variances.count + 1)] = variance }
    return Moments(count: 10, mean: mean, covariance: covariance)
  }

  /// Both moments under the reflection I − 2uuᵀ along a fixed unit vector u, an orthogonal map.
  private func rotated(_ moments: Moments) -> Moments {
    let size = moments.size
    let u = (0..<size).map { Double($0 + 1) }
    let norm = u.reduce(0) { $0 + $1 * $1 }
    let map = (0..<size * size).map { (place: Int) -> Double in
      let (i, j) = (place / size, place % size)
      return (i == j ? 1 : 0) - 2 * u[i] * u[j] / norm
    }
    let mean = (0..<size).map { row -> Double in
      (0..<size).reduce(0.0) { $0 + map[row * size + $1] * moments.mean[$1] }
    }
    let covariance = product(product(map, moments.covariance, size), map, size)
    return Moments(count: moments.count, mean: mean, covariance: covariance)
  }

  private func product(_ a: [Double], _ b: [Double], _ size: Int) -> [Double] {
    (0..<size * size).map { place -> Double in
      let (i, j) = (place / size, place % size)
      return (0..<size).reduce(0.0) { $0 + a[i * size + $1] * b[$1 * size + j] }
    }
  }
}

@Suite struct FeatureMomentsTests {
  let rows = features(1300, 5, "rows", shift: 3)

  @Test(arguments: [1, 7, 100, 128, 1299])
  func `the moments have the same bits for any batch size`(batch: Int) {
    var moments = FeatureMoments()
    for start in stride(from: 0, to: rows.rows, by: batch) {
      moments.add(rows.rows(start..<min(start + batch, rows.rows)))
    }
    var atOnce = FeatureMoments()
    atOnce.add(rows)
    #expect(moments.whole == atOnce.whole)
    #expect(moments.without(3) == atOnce.without(3))
  }

  @Test func `they are the mean and the covariance by definition`() {
    let obtained = moments(rows)
    #expect(obtained.count == 1300)
    // Both sum 1300 products of size up to 10² in float64.
    #expect(difference(obtained, naive(rows)) < 1e-11)
  }

  @Test func `far from zero nothing cancels`() {
    let offset = moments(features(1300, 5, "rows", shift: 4096))
    // Float32 keeps 4096 + x to 2.4e-4 at worst, and that is all there is between the two.
    let pairs = zip(offset.covariance, moments(rows).covariance)
    #expect(pairs.allSatisfy { abs($0 - $1) < 1e-2 })
  }

  @Test func `leaving out a group is taking the moments of the others`() {
    var moments = FeatureMoments()
    moments.add(rows)
    let others = rows.picking((0..<rows.rows).filter { $0 % 10 != 4 })
    #expect(difference(moments.without(4), naive(others)) < 1e-11)
  }

  private func naive(_ matrix: Matrix) -> Moments {
    let (n, size) = (Double(matrix.rows), matrix.columns)
    let mean = (0..<size).map { column -> Double in
      (0..<matrix.rows).reduce(0.0) { $0 + Double(matrix[$1, column]) } / n
    }
    let covariance = (0..<size * size).map { place -> Double in
      let (i, j) = (place / size, place % size)
      let products = (0..<matrix.rows).map { (Double(matrix[$0, i]) - mean[i]) * (Double(matrix[$0, j]) - mean[j]) }
      return products.reduce(0, +) / (n - 1)
    }
    return Moments(count: matrix.rows, mean: mean, covariance: covariance)
  }

  private func difference(_ a: Moments, _ b: Moments) -> Double {
    zip(a.mean + a.covariance, b.mean + b.covariance).map { abs($0 - $1) }.max() ?? .infinity
  }
}

@Suite struct SymmetricEigenTests {
  @Test func `a square root times itself is the matrix`() throws {
    let moments = moments(features(40, 7, "root"))
    let root = try SymmetricEigen(moments.covariance, order: 7).squareRoot()
    for row in 0..<7 {
      for column in 0..<7 {
        let product = (0..<7).reduce(0.0) { $0 + root[row * 7 + $1] * root[$1 * 7 + column] }
        // Seven products of size up to ten.
        #expect(abs(product - moments.covariance[row * 7 + column]) < 1e-12)
        #expect(root[row * 7 + column] == root[column * 7 + row])
      }
    }
  }

  @Test func `eigenvalues come in ascending order and sum to the trace`() throws {
    let values = try SymmetricEigen.values(of: [2, 1, 1, 2], order: 2)
    #expect(abs(values[0] - 1) < 1e-14 && abs(values[1] - 3) < 1e-14)
  }
}

@Suite struct FrechetScoreTests {
  /// Points without noise around them come from the decoder; the data have it.
  let model = AnalyticModel(lengths: [2, 1], size: 4, noiseVariance: 0.25)

  private func score(_ id: String, of subject: Subject) throws -> Score {
    let id = try #require(MetricID(id))
    return try #require(try measure([id], of: subject, executor: CPUExecutor()) { _ in }.scores.first)
  }

  @Test func `samples of the true model are as far from its data as the noise they lack`() throws {
    let subject = try model.subject(train: 6000) { $0.evaluation.samples = 6000 }
    let score = try score("fd/points", of: subject)
    // Variances s² + w² against w² along the two codes' axes, s² against none along the others.
    let (first, second) = (4.25.squareRoot() - 2, 1.25.squareRoot() - 1)
    let expected = first * first + second * second + 2 * 0.25
    // Both sides' moments have an error of 1/√6000, of which the means' squares add 6.5 / 6000 each.
    #expect(abs(try #require(score.value) - expected) < 0.03)
    #expect(score.metric.description == "fd/points?n=6000&ref=train" && score.count == 6000)
  }

  @Test func `the jackknife's error is the spread between seeds`() throws {
    let runs = try (0..<12).map { try score("fd/points", of: model.subject(seed: UInt64($0))) }
    let values = runs.compactMap(\.value)
    let mean = values.reduce(0, +) / 12
    let squares = values.map { ($0 - mean) * ($0 - mean) }
    let spread = (squares.reduce(0, +) / 11).squareRoot()
    let error = runs.compactMap(\.standardError).reduce(0, +) / 12
    // A deviation from 12 numbers is good to 21 %, and a jackknife of ten groups no better.
    #expect(error > spread / 2 && error < spread * 2)
  }

  @Test func `where posteriors leave a hole, the samples kept from it are further off`() throws {
    var holed = model
    holed.lengths = [3, 3]
    let subject = try holed.subject()
    let (plain, low) = (try score("fd/points", of: subject), try score("fd-lp/points", of: subject))
    #expect(try #require(low.value) > 2 * (try #require(plain.value)))
    #expect(low.metric.description == "fd-lp/points?n=300&ref=train")
  }

  @Test func `reconstructions are compared over as many items as there are to rebuild`() throws {
    let score = try score("fd-rec/points", of: model.subject())
    #expect(score.metric.description == "fd-rec/points?n=200&ref=train" && score.count == 200)
  }

  @Test func `too few items for a full rank are remarked on`() throws {
    let images = AnalyticModel(lengths: [0.3, 0.2], size: 64, noiseVariance: 0.01)
    let subject = try images.subject(shape: [1, 8, 8]) { $0.evaluation.samples = 60 }
    let score = try score("fd/random-conv", of: subject)
    #expect(score.value?.isFinite == true)
    #expect(score.reason == "60 items of 96 features: the covariances do not have full rank")
  }
}
