import Datasets
import Experiments
import Methods
import Tensors
import Testing

@testable import Metrics

/// A model whose generation space is bent: z₀ = (z₁ + c z₂², z₂), the identity for c = 0.
private struct BentModel: LatentVariableModel {
  let straight: AnalyticModel
  let bend: Float

  var latents: Int { straight.latents }
  var size: Int { straight.size }

  func encode(_ items: Matrix) -> Posteriors { straight.encode(items) }
  func decode(_ codes: Matrix) -> Matrix { straight.decode(codes) }
  func distortions(of items: Matrix, given codes: Matrix) -> [Double] { straight.distortions(of: items, given: codes) }
  func generation(of codes: Matrix) -> (codes: Matrix, logDeterminants: [Float]) {
    (moved(codes, by: bend), Array(repeating: 0, count: codes.rows))
  }
  func representation(of generationCodes: Matrix) -> Matrix { moved(generationCodes, by: -bend) }

  private func moved(_ codes: Matrix, by factor: Float) -> Matrix {
    var codes = codes
    for row in 0..<codes.rows { codes[row, 0] += factor * codes[row, 1] * codes[row, 1] }
    return codes
  }

  /// What this model leaves of the analytic one's items.
  func artefacts() throws -> [String: Artefact.Content] {
    let subject = try straight.subject(shape: [1, 2, 3])
    return try MetricsTests.artefacts(
      of: Subject(model: self, dataset: subject.dataset, configuration: subject.configuration, seed: 0))
  }
}

@Suite struct TraversalTests {
  private let straight = AnalyticModel(lengths: [0.4, 0.4], size: 6, noiseVariance: 0.01)

  private func artefacts(bend: Float) throws -> [String: Artefact.Content] {
    try BentModel(straight: straight, bend: bend).artefacts()
  }

  /// The images of a row of a grid.
  private func images(of grid: ImageGrid, row: Int) -> [[UInt8]] {
    let size = grid.width * grid.height * grid.channels
    return (0..<grid.columns).map { column in
      let start = (row * grid.columns + column) * size
      return Array(grid.pixels[start..<(start + size)])
    }
  }

  @Test(arguments: [Float(0), 0.5]) func `a traversal leads from one test image's reconstruction to another's`(
    bend: Float
  ) throws {
    let artefacts = try artefacts(bend: bend)
    let (traversals, reconstructions) = (
      try grid(artefacts["traversals"]), try grid(artefacts["reconstructions"])
    )
    #expect(traversals.columns == 11 && traversals.count == 55)
    // The first ten test images stand in the first row of reconstructions' grid, what becomes of them in the second.
    let rebuilt = images(of: reconstructions, row: 1)
    for row in 0..<5 {
      let line = images(of: traversals, row: row)
      // g⁻¹(g(z)) rounds, so that a pixel may come out on the other side of a half.
      #expect(isClose(line[0], rebuilt[2 * row]) && isClose(line[10], rebuilt[2 * row + 1]))
    }
  }

  @Test func `with the identity in place of a flow the path is straight in z, and the middle is the mean`() throws {
    let paths = try cloud(artefacts(bend: 0)["traversal-paths"]).groups.filter { $0.name.hasPrefix("path") }
    #expect(paths.count == 5)
    for path in paths {
      let (start, end) = (try #require(path.points.first), try #require(path.points.last))
      for (step, point) in path.points.enumerated() {
        let share = Float(step) / 10
        #expect(abs(point.x - (start.x + share * (end.x - start.x))) < 1e-5)
        #expect(abs(point.y - (start.y + share * (end.y - start.y))) < 1e-5)
      }
    }
  }

  @Test func `with a flow the path is straight in generation space, and bent in z`() throws {
    let paths = try cloud(artefacts(bend: 0.5)["traversal-paths"]).groups.filter { $0.name.hasPrefix("path") }
    for path in paths {
      let bent = path.points.map { $0.x + 0.5 * $0.y * $0.y }
      for step in 0...10 { #expect(abs(bent[step] - (bent[0] + Float(step) / 10 * (bent[10] - bent[0]))) < 1e-5) }
      let rise = path.points[10].y - path.points[0].y
      // Half-way, z₁ is off the straight line by c (Δz₂ / 2)².
      let offset = path.points[5].x - (path.points[0].x + path.points[10].x) / 2
      #expect(abs(offset - 0.5 * rise * rise / 4) < 1e-5)
    }
  }

  @Test func `single dimensions are moved about one code, the widest first`() throws {
    // g(z) spreads z₁ by c z₂² beyond the second dimension, whose spread is 1.
    let artefacts = try artefacts(bend: 3)
    let (factors, reconstructions) = (
      try grid(artefacts["factor-traversals"]), try grid(artefacts["reconstructions"])
    )
    #expect(factors.columns == 7 && factors.count == 14)
    let first = images(of: reconstructions, row: 1)[0]
    #expect((0..<2).allSatisfy { isClose(images(of: factors, row: $0)[3], first) })
    // Along z₀₁, z₂ and so the second pixel stay; along z₀₂ it moves from one end of the scale to the other.
    #expect(images(of: factors, row: 0).allSatisfy { abs(Int($0[1]) - Int(first[1])) <= 1 })
    #expect(images(of: factors, row: 1)[0][1] == 0 && images(of: factors, row: 1)[6][1] == 255)
  }

  @Test func `a latent space of other than two dimensions has no paths in a plane`() throws {
    let model = AnalyticModel(lengths: [0.4, 0.3, 0.2], size: 6, noiseVariance: 0.01)
    let artefacts = try MetricsTests.artefacts(of: model.subject(shape: [1, 2, 3]))
    #expect(artefacts["traversal-paths"] == nil)
    #expect(try grid(artefacts["factor-traversals"]).count == 21)
  }

  private func isClose(_ one: [UInt8], _ other: [UInt8]) -> Bool {
    zip(one, other).allSatisfy { abs(Int($0) - Int($1)) <= 1 }
  }
}
