import Foundation
import Tensors
import Testing

@testable import Metrics

/// Rows by the formula of the script beside the reference numbers.
private func rows(_ count: Int, _ columns: Int, salt: Int) -> Matrix {
  let values = (0..<count * columns).map { (place: Int) -> Float in
    let (i, j) = (place / columns, place % columns)
    let own = (i * i * 7919 + j * 104_729 + i * j * 31 + salt * 977) % 1009
    return (Float(own) + 0.5 * Float((i * 613 + salt * 71) % 1009)) / 1009
  }
  return Matrix(rows: count, columns: columns, values: values)
}

/// What the script compares: generated rows, and real ones whose first feature is moved.
private func sides(_ count: Int, _ columns: Int) -> (generated: Matrix, real: Matrix) {
  var real = rows(count, columns, salt: 2)
  for row in 0..<count { real[row, 0] += 0.25 }
  return (rows(count, columns, salt: 1), real)
}

private func moments(_ matrix: Matrix) -> Moments {
  var sums = FeatureMoments(groups: 1)
  sums.add(matrix)
  return sums.whole
}

/// Correlated normal rows, moved by `shift`.
private func normals(_ count: Int, _ columns: Int, _ seed: UInt64, shift: Float = 0) -> Matrix {
  let noise = Generator(seed: seed).split("normals").normals(count * columns)
  var matrix = Matrix(rows: count, columns: columns, values: noise)
  for row in 0..<count {
    for column in 1..<columns { matrix[row, column] = 0.6 * matrix[row, column - 1] + noise[row * columns + column] }
    matrix[row, 0] += shift
  }
  return matrix
}

@Suite struct FeatureDistanceTests {
  @Test func `distances of given features are those of numpy and scipy in float64`() throws {
    for reference in try fixture("features.json", as: [[String: Double]].self) {
      let (count, columns) = (Int(try #require(reference["count"])), Int(try #require(reference["columns"])))
      let (generated, real) = sides(count, columns)
      let kernel = try #require(reference["kernel"])
      // The kernel is about 3, and the difference of its means is 1e-2 of that.
      #expect(abs(kernelDiscrepancy(generated, real) - kernel) < 1e-10 * 3, "\(count)")
      let overlap = SupportOverlap(of: generated, with: real)
      for k in [3, 5] {
        let balls = overlap.balls(k)
        let shares = [
          "precision": share(balls.generatedIsCovered), "recall": share(balls.realIsCovered),
          "density": Double(balls.crowding.reduce(0, +)) / Double(k * count), "coverage": share(balls.realIsMet),
        ]
        for (name, value) in shares {
          #expect(abs(value - (try #require(reference["\(name)-\(k)"]))) < 1e-10, "\(name) of \(count), k = \(k)")
        }
      }
    }
  }

  @Test(arguments: [FrechetReference.Factorization.symmetricRoot, .pivotedCholesky])
  func `the Fréchet distance of given features is scipy's`(by factorization: FrechetReference.Factorization) throws {
    for reference in try fixture("features.json", as: [[String: Double]].self) {
      let (count, columns) = (Int(try #require(reference["count"])), Int(try #require(reference["columns"])))
      let (generated, real) = sides(count, columns)
      let distance = try FrechetReference(moments(real), by: factorization).squaredDistance(to: moments(generated))
      let expected = try #require(reference["frechet"])
      // With fewer items than features, eigenvalues that are zero leave their roots' rounding, 1e-8 each, on both sides.
      let tolerance = count > columns ? 1e-10 : 1e-6
      #expect(abs(distance - expected) < tolerance * expected, "\(count) items of \(columns)")
    }
  }

  private func share(_ marks: [Bool]) -> Double { Double(marks.count { $0 }) / Double(marks.count) }
}

@Suite struct FrechetSpreadTests {
  let reference = normals(400, 5, 1)

  private func distance(_ items: Matrix) throws -> (value: Double, standardError: Double?) {
    try FrechetReference(moments(reference), by: .pivotedCholesky).squaredDistance(
      to: moments(items), spreadOver: items)
  }

  @Test(arguments: [Float(0), 0.3, 2])
  func `the error by influence is that of the jackknife that leaves out each item`(shift: Float) throws {
    let items = normals(300, 5, 2, shift: shift)
    let side = try FrechetReference(moments(reference), by: .pivotedCholesky)
    let without = try (0..<300).map { left in
      try side.squaredDistance(to: moments(items.picking((0..<300).filter { $0 != left })))
    }
    let mean = without.reduce(0, +) / 300
    let squares = without.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    let jackknife = (299.0 / 300 * squares).squareRoot()
    let obtained = try #require(try distance(items).standardError)
    // They differ by terms of 1/n: 0.3 % of the error, and more where the first-order term is small.
    #expect(abs(obtained - jackknife) < 0.03 * jackknife)
  }

  @Test func `the error by influence is the spread between draws`() throws {
    let runs = try (0..<40).map { try distance(normals(300, 5, 10 + UInt64($0), shift: 0.5)) }
    let mean = runs.map(\.value).reduce(0, +) / 40
    let spread = (runs.reduce(0) { $0 + ($1.value - mean) * ($1.value - mean) } / 39).squareRoot()
    let error = runs.compactMap(\.standardError).reduce(0, +) / 40
    // A deviation from 40 numbers is good to 11 %.
    #expect(abs(error / spread - 1) < 0.35)
  }

  @Test func `the two factors give the same distance, with and without the error`() throws {
    let items = moments(normals(300, 5, 2, shift: 1))
    let root = try FrechetReference(moments(reference), by: .symmetricRoot).squaredDistance(to: items)
    let cholesky = try FrechetReference(moments(reference), by: .pivotedCholesky)
    let plain = try cholesky.squaredDistance(to: items)
    let spread = try cholesky.squaredDistance(to: items, spreadOver: normals(300, 5, 2, shift: 1)).value
    #expect(abs(plain - root) < 1e-12 * root && abs(spread - plain) < 1e-12 * plain)
  }

  @Test func `fewer items than features have an error, and the dimensions they lack are left out`() throws {
    let (few, other) = (normals(12, 30, 3), normals(20, 30, 4, shift: 1))
    let side = try FrechetReference(moments(few), by: .pivotedCholesky)
    let (value, error) = try side.squaredDistance(to: moments(other), spreadOver: other)
    let root = try FrechetReference(moments(few)).squaredDistance(to: moments(other))
    #expect(abs(value - root) < 1e-5 * root)
    #expect(try #require(error) > 0 && value.isFinite)
  }

  @Test func `items that are all the same are as far as their means`() throws {
    let (zeros, ones) = (
      Matrix(rows: 4, columns: 3), Matrix(rows: 4, columns: 3, values: Array(repeating: 1, count: 12))
    )
    let (value, error) = try FrechetReference(moments(zeros), by: .pivotedCholesky)
      .squaredDistance(to: moments(ones), spreadOver: ones)
    #expect(value == 3 && error == nil)
  }
}

@Suite struct PivotedCholeskyTests {
  @Test func `the factor times its transpose is the matrix, with as many columns as it has rank`() throws {
    let covariance = moments(normals(4, 7, 5)).covariance
    let factor = try PivotedCholesky(covariance, order: 7)
    #expect(factor.rank == 3)
    for (row, column) in (0..<49).map({ ($0 / 7, $0 % 7) }) {
      let product = (0..<3).reduce(0.0) { $0 + factor.rows[row * 3 + $1] * factor.columns[$1 * 7 + column] }
      #expect(abs(product - covariance[row * 7 + column]) < 1e-12)
    }
  }
}

@Suite struct KernelDiscrepancyTests {
  @Test func `rows of one distribution have none, within its error`() {
    let same = SubsetDiscrepancy(normals(400, 4, 1), normals(400, 4, 2), subsets: 20, size: 100)
    #expect(abs(same.value) < 4 * (same.standardError ?? 0))
    let other = SubsetDiscrepancy(normals(400, 4, 1), normals(400, 4, 2, shift: 1), subsets: 20, size: 100)
    #expect(other.value > 5 * (other.standardError ?? .infinity))
  }

  @Test func `its error is the spread between draws`() {
    let runs = (0..<40).map {
      SubsetDiscrepancy(
        normals(200, 4, 100 + UInt64($0), shift: 1), normals(200, 4, 200 + UInt64($0)), subsets: 30, size: 50)
    }
    let mean = runs.map(\.value).reduce(0, +) / 40
    let spread = (runs.reduce(0) { $0 + ($1.value - mean) * ($1.value - mean) } / 39).squareRoot()
    let error = runs.compactMap(\.standardError).reduce(0, +) / 40
    // A deviation from 40 numbers is good to 11 %, and the variance's fall with n is taken as exactly 1/n.
    #expect(abs(error / spread - 1) < 0.4)
  }

  @Test func `fewer rows than a subset's are one subset, without an error`() {
    let few = SubsetDiscrepancy(normals(60, 4, 1), normals(60, 4, 2))
    #expect(few.size == 60 && few.subsets == 1 && few.standardError == nil)
    // The subset is all rows in some order.
    #expect(abs(few.value - kernelDiscrepancy(normals(60, 4, 1), normals(60, 4, 2))) < 1e-12)
  }
}

@Suite struct SupportOverlapTests {
  @Test func `rows that are the real ones are all covered and cover all`() {
    let rows = normals(50, 3, 1)
    let balls = SupportOverlap(of: rows, with: rows).balls(3)
    #expect(balls.generatedIsCovered.allSatisfy { $0 } && balls.realIsCovered.allSatisfy { $0 })
    #expect(balls.realIsMet.allSatisfy { $0 })
  }

  @Test func `rows far from the real ones are in no ball`() {
    let balls = SupportOverlap(of: normals(50, 3, 1, shift: 100), with: normals(40, 3, 2)).balls(5)
    #expect(balls.crowding == Array(repeating: 0, count: 50) && !balls.realIsCovered.contains(true))
    #expect(balls.realIsMet.count == 40 && !balls.realIsMet.contains(true))
  }

  @Test func `one mode of two is precise and recalls half`() {
    let near = normals(60, 3, 1)
    let real = Matrix.stacking([normals(60, 3, 2), normals(60, 3, 3, shift: 50)], columns: 3)
    let balls = SupportOverlap(of: near, with: real).balls(3)
    #expect(balls.generatedIsCovered.count { $0 } > 45)
    #expect((30...60).contains(balls.realIsCovered.count { $0 }))
    #expect(!balls.realIsCovered.dropFirst(60).contains(true))
  }
}
