import Datasets
import Execution
import Experiments
import Tensors
import Testing

@testable import Metrics

func artefacts(of subject: Subject) throws -> [String: Artefact.Content] {
  let artefacts = try measure([], of: subject, executor: CPUExecutor()) { _ in }.artefacts
  return Dictionary(uniqueKeysWithValues: artefacts.map { ($0.name, $0.content) })
}

func grid(_ content: Artefact.Content?) throws -> ImageGrid {
  guard case .grid(let grid) = try #require(content) else { throw Missing.grid }
  return grid
}

func cloud(_ content: Artefact.Content?) throws -> PointCloud {
  guard case .points(let cloud) = try #require(content) else { throw Missing.cloud }
  return cloud
}

private enum Missing: Error { case grid, cloud }

private let names = ["high-posterior-samples", "latents", "low-posterior-samples", "reconstructions", "samples"]

@Suite struct PictureTests {
  let images = AnalyticModel(lengths: [0.3, 0.2], size: 2 * 4 * 3, noiseVariance: 0.01)
  let points = AnalyticModel(lengths: [2, 1], size: 2, noiseVariance: 0.25)

  @Test func `images make grids of ten in a row`() throws {
    let artefacts = try artefacts(of: images.subject(shape: [2, 4, 3]))
    #expect(artefacts.keys.sorted() == PictureCatalog.names)
    for name in names where name != "latents" {
      let grid = try grid(artefacts[name])
      #expect(grid.columns == 10 && grid.width == 3 && grid.height == 4 && grid.channels == 2 && grid.count == 100)
    }
  }

  @Test func `rows of originals alternate with their reconstructions, channels innermost`() throws {
    let subject = try images.subject(shape: [2, 4, 3])
    let grid = try grid(artefacts(of: subject)["reconstructions"])
    let original = subject.dataset.test.matrix([subject.dataset.test.subset(50)[1]])
    for channel in 0..<2 {
      for place in 0..<12 {
        let value = min(max(original[0, channel * 12 + place], 0), 1)
        #expect(grid.pixels[24 + place * 2 + channel] == UInt8((value * 255).rounded()))
      }
    }
    // The decoder knows two pixels only; elsewhere a reconstruction is black.
    let rebuilt = grid.pixels[(11 * 24)..<(12 * 24)]
    #expect(rebuilt.dropFirst(3).enumerated().allSatisfy { $0.offset == 0 || $0.element == 0 })
  }

  @Test func `points make clouds over the data`() throws {
    let artefacts = try artefacts(of: points.subject())
    #expect(artefacts.keys.sorted() == names)
    let samples = try cloud(artefacts["samples"])
    #expect(samples.groups.map(\.name) == ["data", "samples"])
    #expect(samples.groups.map(\.points.count) == [600, 1000])
  }

  @Test func `latents are grouped by class, with the two kinds of outliers`() throws {
    let latents = try cloud(artefacts(of: points.subject())["latents"])
    #expect(
      latents.groups.map(\.name) == ["posterior 0", "posterior 1", "posterior 2", "low-posterior", "high-posterior"])
    #expect(latents.groups.prefix(3).map(\.points.count).reduce(0, +) == 200)
  }

  @Test func `every seed's pictures have the same noise`() throws {
    let (one, two) = (try artefacts(of: points.subject(seed: 1)), try artefacts(of: points.subject(seed: 2)))
    #expect(one == two)
  }
}
