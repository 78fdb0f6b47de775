import Experiments
import Foundation
import Metrics
import Tensors
import Testing

/// Metrics of codes and log-likelihoods that come from files.
@Suite struct FileMetricTests {
  private let ids = MetricCatalog.ofCodes.flatMap(\.idsOfCodes)

  private func normals(_ rows: Int, _ columns: Int, shift: Float = 0) -> Matrix {
    let noise = Generator(seed: 11).split("a test").normals(rows * columns)
    return Matrix(rows: rows, columns: columns, values: noise.map { $0 + shift })
  }

  private func value(_ id: String, of codes: Matrix) throws -> Double {
    let pattern = try #require(MetricID(id))
    let score = measure([pattern], ofCodes: codes, seed: 0)[0]
    return try #require(score.value, "\(score.reason ?? "")")
  }

  @Test func `every metric of codes gives a number with its counts in the id`() {
    #expect(Set(ids.map(\.name)) == ["mmd/imq", "skl/knn", "spectrum"])
    for score in measure(ids, ofCodes: normals(100, 3), seed: 0) {
      #expect(score.status == .done, "\(score.metric): \(score.reason ?? "")")
      #expect(score.metric["n"] == "100")
      #expect(score.count == 100)
    }
  }

  @Test func `codes of a shifted normal distribution are one nat per unit away, and more in every metric`() throws {
    let (near, far) = (normals(2000, 1), normals(2000, 1, shift: 1))
    // KL(N(1, 1) ‖ N(0, 1)) = ½ in either direction; the estimator's deviation at 2000 points is about 0.05.
    #expect(abs(try value("skl/knn?space=z0", of: near)) < 0.2)
    #expect(abs(try value("skl/knn?space=z0", of: far) - 1) < 0.25)
    #expect(try value("mmd/imq?space=z", of: far) > 10 * abs(try value("mmd/imq?space=z", of: near)))
  }

  @Test func `a spectrum is that of the matrix`() throws {
    // Columns (2, 2, −2, −2) and (2, −2, 2, −2) are orthogonal with the norm 4 = 2 √4.
    let codes = Matrix(rows: 4, columns: 2, values: [2, 2, 2, -2, -2, 2, -2, -2])
    #expect(abs(try value("spectrum?space=z", of: codes) - 1) < 1e-12)
  }

  @Test func `the same seed gives the same bits, another one other draws`() {
    let codes = normals(50, 2)
    #expect(measure(ids, ofCodes: codes, seed: 1) == measure(ids, ofCodes: codes, seed: 1))
    #expect(measure(ids, ofCodes: codes, seed: 1)[0].value != measure(ids, ofCodes: codes, seed: 2)[0].value)
  }

  @Test func `what codes alone do not give has a reason`() throws {
    let (same, one) = (Matrix(rows: 4, columns: 1, values: [1, 1, 1, 1]), try #require(MetricID("skl/knn?space=z0")))
    #expect(measure([one], ofCodes: same, seed: 0)[0].status == .failed)
    for text in ["elbo", "skl/knn?space=z", "beauty"] {
      let id = try #require(MetricID(text))
      let score = measure([id], ofCodes: normals(5, 1), seed: 0)[0]
      #expect(score.status == .notApplicable && score.reason != nil, "\(id)")
    }
  }

  @Test func `given log-likelihoods have a mean with its standard error, under the id that was asked for`() throws {
    let score = GivenLikelihood.score(MetricID("nll/importance", ["samples": "5000"]), of: [-80, -82, -84])
    #expect(score.metric.description == "nll/importance?images=3&samples=5000")
    #expect(score.value == 82)
    #expect(abs(try #require(score.standardError) - 2 / 3.0.squareRoot()) < 1e-12)
    #expect(score.reason?.contains("how they were computed is not known") == true)
    #expect(GivenLikelihood.isNamed(by: MetricID("nll/given")) && GivenLikelihood.isNamed(by: MetricID("nll/bound")))
    #expect(!GivenLikelihood.isNamed(by: MetricID("nll/authors")) && !GivenLikelihood.isNamed(by: MetricID("elbo")))
  }
}
