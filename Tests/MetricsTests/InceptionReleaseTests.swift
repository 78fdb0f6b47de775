import Datasets
import Execution
import Foundation
import Tensors
import Testing

@testable import Metrics

/// The data directory that ASSAY_DATA names, if the released weights and CIFAR-10's test batch are in it.
private let data: DataFolder? = {
  guard let path = ProcessInfo.processInfo.environment["ASSAY_DATA"] else { return nil }
  let folder = DataFolder(path: path)
  let hasWeights = (try? InceptionWeights.prepared(in: folder)) ?? nil != nil
  return hasWeights && FileManager.default.fileExists(atPath: testBatch(in: path)) ? folder : nil
}()

private func testBatch(in path: String) -> String { path + "/cifar-10-batches-bin/test_batch.bin" }

/// The released network; `Fixtures/inception.py` made the reference features of the same weights in double precision.
@Suite(.enabled(if: data != nil, "ASSAY_DATA names no folder with Inception's weights and CIFAR-10's binary files"))
struct InceptionReleaseTests {
  private static let images = 64

  @Test func `features of CIFAR-10's first test images agree with PyTorch's`() throws {
    let folder = try #require(data)
    let weights = try #require(try InceptionWeights.prepared(in: folder))
    let network = try InceptionNetwork(weights: weights, features: [.f64, .f192, .f768], executor: CPUExecutor())
    let features = network.features(of: try scaledImages(in: folder))
    var reference = try InceptionReference("inception_real")
    for (kind, count) in [(Features.f768, Self.images), (.f64, 8), (.f192, 8)] {
      for row in 0..<count {
        let error = relativeError(try #require(features[kind])[row], reference.take(kind.count))
        #expect(error < InceptionReference.tolerance, "\(kind) of image \(row)")
      }
    }
  }

  /// The first records of the test batch, a label and 3 · 32 · 32 bytes each, scaled to the network's size and [−1, 1].
  private func scaledImages(in folder: DataFolder) throws -> Matrix {
    let bytes = [UInt8](try Data(contentsOf: URL(filePath: testBatch(in: folder.path))).prefix(Self.images * 3073))
    let planes = (0..<(Self.images * 3)).map { plane in
      let start = plane / 3 * 3073 + 1 + plane % 3 * 1024
      return scaled(bytes[start..<(start + 1024)].map { Double($0) / 255 })
    }
    let side = InceptionNetwork.side
    return Matrix(rows: Self.images, columns: 3 * side * side, values: planes.flatMap { $0 })
  }

  /// Bilinear between the centres of 32 × 32 pixels, the outermost repeated; then 2 x − 1.
  private func scaled(_ plane: [Double]) -> [Float] {
    let places = (0..<InceptionNetwork.side).map { place -> (low: Int, high: Int, share: Double) in
      let position = max((Double(place) + 0.5) * 32 / Double(InceptionNetwork.side) - 0.5, 0)
      let low = Int(position)
      return (low, min(low + 1, 31), position - Double(low))
    }
    return places.flatMap { row in
      places.map { column in
        func across(_ y: Int) -> Double {
          plane[y * 32 + column.low] * (1 - column.share) + plane[y * 32 + column.high] * column.share
        }
        return Float(2 * (across(row.low) * (1 - row.share) + across(row.high) * row.share) - 1)
      }
    }
  }
}
