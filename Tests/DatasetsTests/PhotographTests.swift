import Experiments
import Foundation
import Testing

@testable import Datasets

/// The data directory that ASSAY_DATA names, if one of its datasets can be read.
private let data = ProcessInfo.processInfo.environment["ASSAY_DATA"].map(DataFolder.init)

private func isThere(_ dataset: String) -> Bool {
  guard let data, let recipe = DatasetCatalog.all.first(where: { $0.card.name == dataset }),
    case .files(let forms, _) = recipe.init().origin
  else { return false }
  return forms.contains { $0.isThere(in: [data], dataset: dataset) }
}

private struct Enough: Error {}

/// Real pictures; where ASSAY_DATA names no directory with them, these tests are skipped.
@Suite struct PhotographTests {
  /// What `Fixtures/photographs.py` wrote: SHA-256 by dataset and step.
  private static let pillow = Result {
    try JSONDecoder().decode([String: [String: String]].self, from: Data(try fixtureBytes("photographs.json")))
  }

  /// SHA-256 of the first 32 items.
  private func digest(_ split: Split, _ step: Preprocessing) throws -> String {
    let convert = step.prepared(for: split.shape)
    var (digest, count) = (Digest(), 0)
    do {
      try split.forEach { picture, _ in
        guard count < 32 else { throw Enough() }
        try convert(picture).bytes.withUnsafeBytes { digest.update($0) }
        count += 1
      }
    } catch is Enough {}
    return digest.hexadecimal()
  }

  private func pictures(_ dataset: String) throws -> (pictures: Pictures, steps: [Preprocessing]) {
    let recipe = try DatasetCatalog.recipe(dataset)
    guard case .files(let forms, let names) = recipe.origin else { throw Enough() }
    let steps = try names.map { try Preprocessing.step($0, of: dataset, fitting: names) }
    return (try #require(data).pictures(forms, dataset: dataset), steps)
  }

  @Test(.enabled(if: isThere("cifar-10"), "ASSAY_DATA names no directory with CIFAR-10"))
  func `each step on CIFAR-10's test images gives the bits that Pillow gives`() throws {
    let (pictures, steps) = try pictures("cifar-10")
    for step in steps {
      #expect(try digest(pictures.test, step) == Self.pillow.get()["cifar-10"]?[step.name], "\(step.name)")
    }
  }

  @Test(.enabled(if: isThere("cifar-10"), "ASSAY_DATA names no directory with CIFAR-10"))
  func `CIFAR-10 has its official test set, and the published means if it is whole`() throws {
    let settings = DatasetSettings(name: "cifar-10", trainLimit: 0, testLimit: 0, augment: false)
    let dataset = try DatasetCatalog.load("cifar-10", settings: settings, from: try #require(data))
    #expect((0..<10).allSatisfy { label in dataset.test.labels.filter { $0 == label }.count == 1000 })
    #expect(dataset.train.count == 50_000 || dataset.remarks.contains { $0.contains("of the 50,000 training images") })
    // As published for the whole training set, to five decimals; a part of 20,000 is within 0.003.
    let tolerance = dataset.train.count == 50_000 ? 5e-6 : 0.003
    for (channel, mean) in [0.49140, 0.48216, 0.44653].enumerated() {
      #expect(abs(moments(dataset.train, channel: channel).mean - mean) < tolerance)
    }
  }

  @Test(.enabled(if: isThere("fashion-mnist"), "ASSAY_DATA names no directory with Fashion-MNIST"))
  func `Fashion-MNIST has the published mean and standard deviation`() throws {
    let settings = DatasetSettings(name: "fashion-mnist", trainLimit: 0, testLimit: 0, augment: false)
    let dataset = try DatasetCatalog.load("fashion-mnist", settings: settings, from: try #require(data))
    let (mean, deviation) = moments(dataset.train)
    // As published: five decimals.
    #expect(abs(mean - 0.28604) < 5e-6)
    #expect(abs(deviation - 0.35302) < 5e-6)
    #expect((0..<10).allSatisfy { label in dataset.train.labels.filter { $0 == label }.count == 6000 })
    #expect(Array(dataset.test.labels.prefix(8)) == [9, 2, 1, 1, 6, 1, 4, 6])
  }

  @Test(.enabled(if: isThere("celeba"), "ASSAY_DATA names no directory with CelebA"))
  func `CelebA's counts are the official ones or remarked, and the steps give the bits that Pillow gives`() throws {
    let (pictures, steps) = try pictures("celeba")
    let isWhole = (pictures.train.count, pictures.test.count) == (CelebA.card.trainCount, CelebA.card.testCount)
    #expect(isWhole || pictures.remarks.contains { $0.contains("of the 162,770 training") })
    // The digests are those of pictures of half the size.
    guard pictures.areHalved else { return }
    #expect((pictures.train.count, pictures.test.count) == (9000, 1000))
    for step in steps.map(\.halved) {
      #expect(try digest(pictures.train, step) == Self.pillow.get()["celeba"]?[step.name], "\(step.name)")
    }
  }
}
