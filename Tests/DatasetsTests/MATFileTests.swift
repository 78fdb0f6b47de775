import Experiments
import Tensors
import Testing

@testable import Datasets

@Suite struct MATFileTests {
  private let scratch: Scratch

  init() throws { scratch = try Scratch() }

  /// What `SVHN.split` gives for a file of four pictures.
  private func read(_ path: String, count: Int = 4) throws -> (pictures: [Raster], labels: [UInt8?]) {
    var (pictures, labels): ([Raster], [UInt8?]) = ([], [])
    try SVHN.split(path, count: count).forEach { picture, label in
      pictures.append(picture)
      labels.append(label)
    }
    return (pictures, labels)
  }

  /// The formula of `Fixtures/matlab.py`.
  private func picture(_ image: Int) -> Raster {
    let bytes = (0..<3).flatMap { channel in
      (0..<32).flatMap { row in
        (0..<32).map { UInt8((7 * row + 3 * $0 + 50 * channel + 11 * image) % 256) }
      }
    }
    return Raster(shape: [3, 32, 32], bytes: bytes)
  }

  @Test(arguments: ["plain", "compressed", "labels-first", "big-endian"])
  func `pictures and digits come out whatever way they were written in`(name: String) throws {
    let (pictures, labels) = try read(fixture(name + ".mat"))
    #expect(pictures == (0..<4).map(picture))
    // Ten stands for zero.
    #expect(labels == [1, 0, 3, 9])
  }

  @Test(arguments: ["plain", "compressed", "labels-first", "big-endian"])
  func `a file cut anywhere is refused`(name: String) throws {
    let whole = try fixtureBytes(name + ".mat")
    // Behind its last number a plain file has up to 7 bytes of padding, which nothing depends on.
    for length in stride(from: 0, to: whole.count - 7, by: max(1, whole.count / 97)) {
      let path = try scratch.write("cut.mat", Array(whole.prefix(length)))
      #expect(throws: DatasetError.self, "\(length) of \(whole.count) bytes") { try read(path) }
    }
  }

  @Test(arguments: ["plain", "compressed", "big-endian"])
  func `a damaged header is refused or changes nothing`(name: String) throws {
    let whole = try fixtureBytes(name + ".mat")
    let sound = try read(fixture(name + ".mat"))
    // The tags, flags, dimensions and names of the first array, or the first of its compressed bytes.
    for offset in 124..<192 {
      for flip: UInt8 in [0x01, 0x10, 0x80, 0xff] {
        var bytes = whole
        bytes[offset] ^= flip
        let path = try scratch.write("damaged.mat", bytes)
        do {
          let found = try read(path)
          #expect(found.labels == sound.labels && found.pictures == sound.pictures, "byte \(offset), bits \(flip)")
        } catch is DatasetError {}
      }
    }
  }

  @Test func `a length that is a lie is refused before anything of that length is made`() throws {
    var bytes = try fixtureBytes("plain.mat")
    bytes.replaceSubrange(132..<136, with: [0xf0, 0xff, 0xff, 0x7f])
    let path = try scratch.write("lie.mat", bytes)
    let error = #expect(throws: DatasetError.self) { try read(path) }
    #expect(error?.description.contains("is truncated: its array of 2147483632 bytes goes on after its end") == true)
  }

  @Test func `another count of pictures is refused`() throws {
    let error = #expect(throws: DatasetError.self) { try read(fixture("plain.mat"), count: 5) }
    #expect(error?.description.contains("has 'y' of dimensions [4, 1] where [5, 1] belong") == true)
  }

  @Test func `an array that is not there is answered with those that are`() throws {
    let error = #expect(throws: DatasetError.self) { try MATFile.array("Z", in: fixture("labels-first.mat")) }
    #expect(error?.description.contains("without an array named 'Z'; it has: note, y, X") == true)
  }

  @Test func `numbers that are not bytes are not taken for pixels`() throws {
    let array = try MATFile.array("y", in: fixture("compressed.mat"))
    #expect(array.dimensions == [4, 1])
    let error = #expect(throws: DatasetError.self) {
      _ = try MATFile.array("note", in: fixture("labels-first.mat")).bytes(1)
    }
    #expect(error?.description.contains("where uint8 belongs") == true)
  }

  @Test func `a file of another kind is no MAT-file`() throws {
    let path = try scratch.write("page.mat", Array("<!DOCTYPE html>".utf8) + [UInt8](repeating: 32, count: 200))
    let error = #expect(throws: DatasetError.self) { try read(path) }
    #expect(error?.description.contains("is no MAT-file of level 5") == true)
  }

  @Test func `labels beyond ten are refused`() throws {
    var bytes = try fixtureBytes("plain.mat")
    // y lies in the last tag: four bytes.
    bytes[bytes.count - 2] = 11
    let path = try scratch.write("label.mat", bytes)
    let error = #expect(throws: DatasetError.self) { try read(path) }
    #expect(error?.description.contains("holds the label 11") == true)
  }

  @Test func `Frey Face is read column by column, its last images held out, and named as having no split`() throws {
    try scratch.write("frey-face/frey_rawface.mat", try fixtureBytes("frey.mat"))
    let dataset = try DatasetCatalog.load(
      "frey-face", settings: DatasetSettings(name: "frey-face", trainLimit: 0, testLimit: 0, augment: false),
      from: scratch.folder)
    #expect((dataset.train.count, dataset.test.count) == (1765, 200))
    func image(_ index: Int) -> [Float] { (0..<560).map { Float(($0 + 3 * index) % 256) / 255 } }
    #expect(dataset.train.matrix([2]).values == image(2))
    #expect(dataset.test.matrix([0, 199]).values == image(1765) + image(1964))
    #expect(dataset.remarks == ["no split is published: the last 200 images are the test set"])
  }
}
