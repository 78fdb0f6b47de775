import Datasets
import Execution
import Experiments
import Foundation
import Tensors
import Testing

@testable import Metrics

private let data = ProcessInfo.processInfo.environment["ASSAY_DATA"]

/// MNIST's official files are in no checkout: without `ASSAY_DATA` this suite is skipped, and says so.
@Suite(.enabled(if: data != nil, "set ASSAY_DATA to a folder with MNIST's official files"))
struct RealImageTests {
  let dataset: Dataset
  let extractor: RandomConvolutions
  let reference: FrechetReference

  init() throws {
    let folder = DataFolder(path: try #require(data))
    let settings = DatasetSettings(name: "mnist", trainLimit: 0, testLimit: 0, augment: false)
    dataset = try DatasetCatalog.load("mnist", settings: settings, from: folder)
    extractor = try RandomConvolutions(imageShape: [1, 28, 28], executor: CPUExecutor())
    reference = try FrechetReference(
      Self.moments(dataset.train.matrix(dataset.train.subset(3000)), extractor))
  }

  private static func moments(_ images: Matrix, _ extractor: RandomConvolutions) -> Moments {
    var moments = FeatureMoments()
    moments.add(extractor.features(of: images))
    return moments.whole
  }

  private func distance(_ images: Matrix) throws -> Double {
    try reference.squaredDistance(to: Self.moments(images, extractor))
  }

  @Test func `test images are nearer to training images than damaged ones, and more damage is further`() throws {
    let test = dataset.test.matrix(dataset.test.subset(3000))
    let noise = Generator(seed: 1).normals(test.values.count)
    let distances = try [0, 0.1, 0.2, 0.4].map { (deviation: Float) in
      let values = zip(test.values, noise).map { min(max($0 + deviation * $1, 0), 1) }
      return try distance(Matrix(rows: test.rows, columns: test.columns, values: values))
    }
    #expect(distances == distances.sorted())
    #expect(distances[0] < distances[1] / 2)
  }

  @Test func `a subset is nearer to the whole than every second image, which is one population of writers`() throws {
    let train = dataset.train
    let other = train.subset(6000).dropFirst(3000)
    let even = (0..<3000).map { 20 * $0 }
    #expect(try distance(train.matrix(other)) < distance(train.matrix(even)) / 2)
  }
}
