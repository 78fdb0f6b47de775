import Experiments
import Foundation
import Testing

@testable import Datasets

/// These need the official files: set ASSAY_DATA to the data directory. Without it they are skipped.
@Suite(.enabled(if: ProcessInfo.processInfo.environment["ASSAY_DATA"] != nil, "ASSAY_DATA names no data directory"))
struct MNISTTests {
  private let folder: DataFolder
  private let settings = DatasetSettings(name: "mnist", trainLimit: 0, testLimit: 0, augment: false)

  init() throws { folder = DataFolder(path: try #require(ProcessInfo.processInfo.environment["ASSAY_DATA"])) }

  @Test func `the training images have the published mean and standard deviation`() throws {
    let dataset = try DatasetCatalog.load("mnist", settings: settings, from: folder)
    let (mean, deviation) = moments(dataset.train)
    // As published: five decimals.
    #expect(abs(mean - 0.13066) < 5e-6)
    #expect(abs(deviation - 0.30811) < 5e-6)
  }

  @Test func `counts are those of the card and labels are the official ones`() throws {
    let dataset = try DatasetCatalog.load("mnist", settings: settings, from: folder)
    #expect(dataset.train.count == 60_000)
    #expect(dataset.test.count == 10_000)
    #expect(Array(dataset.train.labels.prefix(8)) == [5, 0, 4, 1, 9, 2, 1, 3])
    #expect(Array(dataset.test.labels.prefix(8)) == [7, 2, 1, 0, 4, 1, 4, 9])
    let counts = (0..<10).map { digit in dataset.train.labels.filter { $0 == digit }.count }
    #expect(counts == [5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949])
  }

  @Test func `a truncated official file is refused with what to do`() throws {
    let scratch = try Scratch()
    let file = try #require(MNIST().files.last)
    let whole = try #require(FileManager.default.contents(atPath: try folder.verified(file, dataset: "mnist")))
    let path = try scratch.write("mnist/" + file.name, Array(whole.prefix(1000)))
    let error = #expect(throws: DatasetError.self) { try scratch.folder.verified(file, dataset: "mnist") }
    #expect(
      error?.description == "\(path) has 1000 bytes where the official file has 4542, so it is truncated; "
        + "move it away and prepare the dataset again")
  }
}
