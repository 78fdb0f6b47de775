import Experiments
import Foundation
import Tensors
import Testing

@testable import Datasets

/// SHA-256 of what the program makes itself. Only additions, products and roots, which are the same everywhere, and a
/// few sines and logarithms in Double, rounded to Float or to a byte, are in it; a change here changes every score on it.
private let golden = [
  "glyphs": "0ea01d104d66e2a852afaf314a87a98aa6406f73f760086b78322fe01688f67a",
  "two-moons": "5d33057dfd282e41f079b985cba4ee60d06a561d82c02eb198bb64be672d0996",
]

private let nowhere = DataFolder(path: "/nonexistent")

private func settings(_ name: String, train: Int = 0, test: Int = 0) -> DatasetSettings {
  DatasetSettings(name: name, trainLimit: train, testLimit: test, augment: false)
}

@Suite struct CatalogTests {
  private static let names = DatasetCatalog.all.map { $0.card.name }
  private static let synthetic = DatasetCatalog.all.map { $0.card }.filter(\.isSynthetic).map(\.name)
  /// What the program makes, made once for all tests.
  private static let made = Result {
    try synthetic.map { try DatasetCatalog.load($0, settings: settings($0), from: nowhere) }
  }

  private func made(_ name: String) throws -> Dataset {
    try #require(try Self.made.get().first { $0.card.name == name })
  }

  @Test func `the catalog is in alphabetical order and each name occurs once`() {
    #expect(Self.names == Set(Self.names).sorted())
  }

  @Test(arguments: names)
  func `a dataset has files if and only if the program does not make it`(name: String) throws {
    let recipe = try DatasetCatalog.recipe(name)
    #expect(recipe.files.isEmpty == type(of: recipe).card.isSynthetic)
  }

  @Test(arguments: names)
  func `a file's SHA-256 is one, and mirrors are addresses that its name completes`(name: String) throws {
    guard case .files(let forms, _) = try DatasetCatalog.recipe(name).origin else { return }
    for file in forms.flatMap(\.files) {
      if case .digest(let bytes, let sha256) = file.proof {
        #expect(bytes > 0)
        #expect(sha256.count == 64 && sha256.allSatisfy { $0.isHexDigit && !$0.isUppercase })
      }
      #expect(file.mirrors.allSatisfy { $0.hasPrefix("http") && $0.hasSuffix("/") })
    }
  }

  @Test(arguments: names)
  func `what is downloaded is known by its SHA-256`(name: String) throws {
    for file in try DatasetCatalog.recipe(name).files where !file.mirrors.isEmpty {
      guard case .digest = file.proof else {
        Issue.record("\(file.name) is not")
        continue
      }
    }
  }

  @Test(arguments: synthetic)
  func `what the program makes has the counts and the shape of its card`(name: String) throws {
    let dataset = try made(name)
    #expect(dataset.train.count == dataset.card.trainCount)
    #expect(dataset.test.count == dataset.card.testCount)
    #expect([dataset.train.size, dataset.test.size].allSatisfy { $0 == dataset.card.itemShape.reduce(1, *) })
    #expect(dataset.train.labels.count == dataset.train.count)
  }

  @Test(arguments: synthetic)
  func `what the program makes is the same always`(name: String) throws {
    #expect(try made(name).digest == golden[name])
  }

  @Test(arguments: synthetic)
  func `no test item is a training item`(name: String) throws {
    let dataset = try made(name)
    func digests(_ items: Items) -> Set<String> {
      Set((0..<items.count).map { items.matrix([$0]).values.withUnsafeBytes { Digest.hexadecimal(Data($0)) } })
    }
    #expect(digests(dataset.train).isDisjoint(with: digests(dataset.test)))
  }

  @Test(arguments: synthetic)
  func `a limit keeps the first items and changes the digest`(name: String) throws {
    let whole = try made(name)
    let part = try DatasetCatalog.load(name, settings: settings(name, train: 30, test: 20), from: nowhere)
    #expect(part.train.matrix(0..<30) == whole.train.matrix(0..<30))
    #expect(part.test.matrix(0..<20) == whole.test.matrix(0..<20))
    #expect(part.train.count == 30)
    #expect(part.test.count == 20)
    #expect(part.train.labels == Array(whole.train.labels.prefix(30)))
    #expect(part.digest != whole.digest)
  }

  @Test func `more items than there are cannot be had`() {
    let error = #expect(
      throws: DatasetError.tooFew(dataset: "two-moons", items: "test", there: 200, asked: 201)
    ) { try DatasetCatalog.load("two-moons", settings: settings("two-moons", test: 201), from: nowhere) }
    #expect(
      error?.description
        == "two-moons has 200 test items, 201 were asked for; set dataset.testLimit to a number from 1 to 200, "
        + "or to 0 for all")
  }

  @Test func `an unknown name is answered with the names there are`() {
    let error = #expect(throws: DatasetError.self) {
      try DatasetCatalog.load("mnits", settings: settings("mnits"), from: nowhere)
    }
    #expect(
      error?.description
        == "no dataset is named 'mnits'; there are: celeba, cifar-10, fashion-mnist, frey-face, glyphs, mnist, svhn, "
        + "two-moons")
  }

  @Test func `missing files are to be downloaded only where they can be`() {
    func sentence(_ dataset: String) -> String {
      DatasetError.missing(dataset: dataset, files: ["a"], folder: "/data").description
    }
    #expect(
      sentence("mnist")
        == "mnist: a is not in /data; run 'assay prepare mnist' to download, or 'assay prepare mnist --from DIR' "
        + "with DIR holding the official files")
    #expect(
      sentence("celeba")
        == "celeba: a is not in /data; run 'assay prepare celeba --from DIR' with DIR holding the official files")
  }

  @Test func `pixels are read as shares of 255`() {
    let items = Items(count: 2, size: 2, storage: .bytes([0, 255, 51, 102]))
    #expect(items.matrix([1, 0]).values == [0.2, 0.4, 0, 1])
  }

  @Test func `the digest covers training and test items and not the labels`() {
    func digest(_ train: [UInt8], _ test: [UInt8], labels: [UInt8] = []) -> String {
      Dataset(
        card: Glyphs.card, train: Items(count: train.count, size: 1, storage: .bytes(train), labels: labels),
        test: Items(count: test.count, size: 1, storage: .bytes(test))
      ).digest
    }
    #expect(digest(Array("ab".utf8), Array("c".utf8)) == Digest.hexadecimal(Data("abc".utf8)))
    #expect(digest([1, 2], [3], labels: [0, 1]) == digest([1, 2], [3]))
    #expect(digest([1, 2], [4]) != digest([1, 2], [3]))
  }
}
