import Datasets
import Execution
import Experiments
import Foundation
import Tensors
import Testing

@testable import Metrics

private let data = ProcessInfo.processInfo.environment["ASSAY_DATA"]

/// Whether CIFAR-10's files and the network's weights are there; in no checkout are they.
private func isThere() throws -> Bool {
  guard let data else { return false }
  let hasImages = ["cifar-10", "cifar-10-batches-bin"].contains {
    FileManager.default.fileExists(atPath: "\(data)/\($0)")
  }
  return try hasImages && InceptionWeights.prepared(in: DataFolder(path: data)) != nil
}

/// The whole way from images to distances, against PyTorch's network, resizes and moments: `Fixtures/fid.py`.
@Suite(.enabled("set ASSAY_DATA to a folder with CIFAR-10 and the Inception network's weights") { try isThere() })
struct RealFrechetTests {
  private struct Reference: Decodable {
    let resize: String
    let features: Int
    let count: Int
    let distance: Double

    var id: MetricID { MetricID("fid/inception-\(features)", ["resize": resize]) }
  }

  /// Items of a split in their own order.
  private struct First: ImageSource {
    let items: Items
    var count: Int { items.count }
    var shape: [Int] { [3, 32, 32] }
    var contentKey: String? { nil }
    func images(_ range: Range<Int>) -> Matrix { items.matrix(range) }
  }

  @Test func `distances of real images are those of the PyTorch pipeline, both resizes and all depths`() throws {
    let folder = DataFolder(path: try #require(data))
    let references = try fixture("fid.json", as: [Reference].self)
    let count = try #require(references.first).count
    let settings = DatasetSettings(name: "cifar-10", trainLimit: count, testLimit: count, augment: false)
    let dataset = try DatasetCatalog.load("cifar-10", settings: settings, from: folder)
    let instruments = Instruments(executor: CPUExecutor(), inception: { try InceptionWeights.prepared(in: folder) })
    let scores = try measure(
      references.map(\.id), of: First(items: dataset.test), against: First(items: dataset.train), with: instruments
    ) { _ in }
    for (score, reference) in zip(scores, references) {
      let value = try #require(score.value, "\(score.reason ?? "")")
      // Both networks compute in float32, which leaves features an error of 1e-6.
      #expect(abs(value / reference.distance - 1) < 1e-3, "\(score.metric)")
    }
  }
}
