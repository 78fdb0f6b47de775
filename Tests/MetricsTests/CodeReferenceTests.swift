import Foundation
import Methods
import Tensors
import Testing

@testable import Metrics

/// Agreement with SciPy and NumPy in float64; `Fixtures/codes.py` made the numbers.
@Suite struct CodeReferenceTests {
  /// Relative to the number, or to one nat where it is smaller. Sums of thousands of float64 terms in another order.
  static let tolerance = 1e-10

  private func isClose(_ a: Double, _ b: Double) -> Bool { abs(a - b) <= Self.tolerance * max(abs(b), 1) }

  @Test func `divergences by neighbours are those of a k-d tree`() throws {
    for reference in try Reference.load().divergences {
      let estimate = try SymmetricDivergence(reference.p.matrix, reference.q.matrix)
      #expect(isClose(estimate.value, reference.divergence))
      #expect(estimate.remark == nil)
    }
  }

  @Test func `mixture densities are those of the normal distributions' logarithms`() throws {
    for reference in try Reference.load().mixtures {
      let obtained = MixtureDensity(reference.posteriors).logDensities(reference.codes.matrix)
      for (ours, theirs) in zip(obtained, reference.logDensities) { #expect(isClose(ours, theirs)) }
    }
  }

  @Test func `mutual information and the aggregate's divergence are the mean log-ratios`() throws {
    for reference in try Reference.load().mixtures {
      let own = reference.own.matrix
      let densities = RateDensities(of: reference.posteriors, at: own, priors: standardNormalLogDensities(own))
      #expect(isClose(SampleMean(of: densities.information).value, reference.information))
      #expect(isClose(SampleMean(of: densities.divergences).value, reference.divergence))
    }
  }

  @Test func `leakage is the mean excess over the leaked, and over all`() throws {
    for reference in try Reference.load().mixtures {
      let draws = LeakageDraws(reference.own.matrix, of: reference.posteriors, generation: reference.own.matrix)
      for (index, threshold) in reference.thresholds.enumerated() {
        let (leaked, all) = (Leakage(mean: .leaked), Leakage(mean: .all))
        #expect(isClose(leaked.measurement(of: draws, below: threshold).value, reference.leaked[index]))
        #expect(isClose(all.measurement(of: draws, below: threshold).value, reference.expected[index]))
      }
    }
  }

  @Test func `discrepancies are those of all pairs' distances`() throws {
    for reference in try Reference.load().discrepancies {
      let obtained = multiquadricDiscrepancy(reference.a.matrix, reference.b.matrix)
      #expect(abs(obtained - reference.discrepancy) <= Self.tolerance * reference.discrepancy)
    }
  }

  @Test func `spectra are those of the singular value decomposition`() throws {
    for reference in try Reference.load().spectra {
      let obtained = try scaledSingularValues(of: reference.codes.matrix)
      for (ours, theirs) in zip(obtained, reference.values) {
        #expect(abs(ours - theirs) <= Self.tolerance * theirs)
      }
    }
  }
}

private struct Reference: Decodable {
  let divergences: [Divergence]
  let mixtures: [Mixture]
  let discrepancies: [Discrepancy]
  let spectra: [Spectrum]

  struct Numbers: Decodable {
    let rows: Int
    let columns: Int
    let values: [Float]

    var matrix: Matrix { Matrix(rows: rows, columns: columns, values: values) }
  }

  struct Divergence: Decodable {
    let p: Numbers
    let q: Numbers
    let divergence: Double
  }

  struct Mixture: Decodable {
    let means: Numbers
    let logVariances: Numbers
    let codes: Numbers
    let own: Numbers
    let logDensities: [Double]
    let information: Double
    let divergence: Double
    let thresholds: [Double]
    let leaked: [Double]
    let expected: [Double]

    var posteriors: Posteriors { Posteriors(means: means.matrix, logVariances: logVariances.matrix) }
  }

  struct Discrepancy: Decodable {
    let a: Numbers
    let b: Numbers
    let discrepancy: Double
  }

  struct Spectrum: Decodable {
    let codes: Numbers
    let values: [Double]
  }

  static func load() throws -> Reference {
    let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures/codes.json")
    return try JSONDecoder().decode(Reference.self, from: Data(contentsOf: file))
  }
}
