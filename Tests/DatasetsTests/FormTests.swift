import Archives
import Foundation
import Testing

@testable import Datasets

@Suite struct FormTests {
  private let scratch: Scratch
  private let source: Scratch

  init() throws { (scratch, source) = (try Scratch(), try Scratch()) }

  private func prepare(_ forms: [DataForm], from directory: String?) throws -> [String] {
    var lines: [String] = []
    let preparation = Preparation(dataset: "set", source: "its page", forms: forms, folder: scratch.folder)
    try preparation.run(from: directory, downloader: nil) { lines.append($0) }
    return lines
  }

  private let forms = [
    DataForm.unread([DataFile(name: "all.tar", contents: [1, 2])]),
    DataForm.unread(
      [
        DataFile(name: "a.bin", folder: "unpacked", proof: .length(bytes: 2)),
        DataFile(name: "b.bin", folder: "unpacked", contents: [3]),
        DataFile(name: "t.bin", folder: "unpacked", contents: [4]),
      ], optional: ["a.bin", "b.bin"]),
  ]

  @Test func `what was unpacked is taken where the archive is not there, each file into the archive's folder`() throws {
    try source.write("unpacked/b.bin", [3])
    try source.write("unpacked/t.bin", [4])
    let lines = try prepare(forms, from: source.path)
    #expect(lines.filter { $0.contains("copied") }.count == 2)
    #expect(scratch.files() == ["set/unpacked/b.bin", "set/unpacked/t.bin"])
    #expect(try prepare(forms, from: nil) == ["set: 2 of 3 files are there and right"])
  }

  @Test func `the archive goes before what was unpacked from it`() throws {
    try source.write("all.tar", [1, 2])
    try source.write("t.bin", [4])
    _ = try prepare(forms, from: source.path)
    #expect(scratch.files() == ["set/all.tar"])
  }

  @Test func `a part that comes later is added`() throws {
    try source.write("t.bin", [4])
    _ = try prepare(forms, from: source.path)
    try source.write("a.bin", [7, 7])
    _ = try prepare(forms, from: source.path)
    #expect(scratch.files() == ["set/unpacked/a.bin", "set/unpacked/t.bin"])
  }

  @Test func `a file without a checksum must have its length all the same`() throws {
    try source.write("t.bin", [4])
    let path = try source.write("a.bin", [7])
    #expect(throws: DatasetError.wrongLength(path, bytes: 1, expected: 2)) { try prepare(forms, from: source.path) }
    #expect(scratch.files().isEmpty)
  }

  @Test func `where no form is there, the first one's files are missing`() {
    #expect(throws: DatasetError.missing(dataset: "set", files: ["all.tar"], folder: source.path)) {
      try prepare(forms, from: source.path)
    }
    #expect(throws: DatasetError.missing(dataset: "set", files: ["all.tar"], folder: scratch.path + "/set")) {
      try scratch.folder.pictures(forms, dataset: "set")
    }
  }

  @Test func `a file that no program may download is to be got by hand`() {
    let preparation = Preparation(dataset: "set", source: "its page", forms: forms, folder: scratch.folder)
    #expect(throws: DatasetError.byHand("all.tar", dataset: "set", source: "its page")) {
      try preparation.run(from: nil, downloader: WebDownloader()) { _ in }
    }
  }

  @Test func `a folder is copied as it is`() throws {
    let forms = [DataForm.unread([DataFile(name: "pictures", proof: .folder)])]
    try source.write("pictures/1.jpg", [1])
    _ = try prepare(forms, from: source.path)
    #expect(scratch.files() == ["set/pictures/1.jpg"])
  }
}

@Suite struct CIFAR10Tests {
  private let scratch: Scratch
  /// 10,000 records of a label and 3072 bytes that count on from it.
  private static let batch = (0..<10_000).flatMap { index in
    [UInt8(index % 10)] + [UInt8](repeating: UInt8(truncatingIfNeeded: index), count: 3072)
  }

  init() throws { scratch = try Scratch() }

  /// The batches of a folder, in the form in which parts may be missing.
  private func open(_ paths: [String: String]) throws -> Pictures {
    guard case .files(let forms, _) = CIFAR10().origin else {
      throw DatasetError.missing(dataset: "", files: [], folder: "")
    }
    return try forms[1].open(paths)
  }

  @Test func `a part of the batches is read as that part, and said to be one`() throws {
    let path = try scratch.write("x.bin", Self.batch)
    let pictures = try open(["data_batch_2.bin": path, "data_batch_4.bin": path, "test_batch.bin": path])
    #expect((pictures.train.count, pictures.test.count) == (20_000, 10_000))
    #expect(
      pictures.remarks == [
        "20,000 of the 50,000 training images are there: data_batch_1.bin, data_batch_3.bin, data_batch_5.bin are missing",
        "for data_batch_4.bin no checksum is published: length and labels alone were checked",
      ])
    var count = 0
    try pictures.test.forEach { picture, label in
      let value = UInt8(truncatingIfNeeded: count)
      if picture.bytes.first != value || picture.bytes.last != value || Int(label ?? 99) != count % 10 {
        Issue.record("image \(count) is another")
      }
      count += 1
    }
    #expect(count == 10_000)
  }

  @Test func `a label beyond nine, a missing byte or one too many is refused`() throws {
    var wrong = Self.batch
    wrong[3073 * 5] = 10
    for (bytes, fault) in [
      (wrong, "holds the label 10"), (Array(Self.batch.dropLast()), "is truncated"),
      (Self.batch + [0], "holds more than its header says"),
    ] {
      let path = try scratch.write("x.bin", bytes)
      let pictures = try open(["data_batch_1.bin": path, "test_batch.bin": path])
      let error = #expect(throws: DatasetError.self) { try pictures.train.forEach { _, _ in } }
      #expect(error?.description.contains(fault) == true)
    }
  }

  @Test func `a test batch without any training batch is no dataset`() throws {
    let path = try scratch.write("x.bin", [])
    #expect(throws: DatasetError.self) { try open(["test_batch.bin": path]) }
  }
}

@Suite struct CelebATests {
  private let scratch: Scratch

  init() throws { scratch = try Scratch() }

  /// Faces of one grey each, by number, in a folder.
  private func album(_ numbers: [Int], areHalved: Bool = false) throws -> FaceAlbum {
    let codec = JPEG()
    for number in numbers {
      let (height, width) = areHalved ? (109, 89) : (218, 178)
      let grey = [UInt8](repeating: UInt8(number % 200), count: 3 * height * width)
      try scratch.write(
        "img/" + String(format: "%06d.jpg", number),
        codec.encode(Raster(shape: [3, height, width], bytes: grey), quality: 95))
    }
    return FaceAlbum(try LooseFaces(scratch.path + "/img"), areHalved: areHalved)
  }

  private func greys(_ split: Split) throws -> [UInt8] {
    var greys: [UInt8] = []
    try split.forEach { picture, _ in greys.append(picture.bytes[0]) }
    return greys
  }

  @Test func `the partition goes by number, the order by name, and validation is left out`() throws {
    let numbers = Array(1...10) + [162_770, 162_771, 182_637, 182_638, 202_599]
    let pictures = try album(numbers).pictures(partition: nil)
    #expect(try greys(pictures.train) == (Array(1...10) + [162_770]).map { UInt8($0 % 200) })
    #expect(try greys(pictures.test) == [182_638, 202_599].map { UInt8($0 % 200) })
    #expect(pictures.remarks.contains("11 of the 162,770 training and 2 of the 19,962 test images are there"))
  }

  @Test func `the official list is followed, and an image it does not have is refused`() throws {
    let list = (1...12).map { String(format: "%06d.jpg %d\r\n", $0, $0 == 12 ? 2 : 0) }.joined()
    let path = try scratch.write("list.txt", Array(list.utf8))
    let pictures = try album(Array(1...12)).pictures(partition: path)
    #expect((pictures.train.count, pictures.test.count) == (11, 1))
    #expect(throws: DatasetError.malformed(path, reason: "does not list image 13")) {
      try album([13]).pictures(partition: path)
    }
    try scratch.write("list.txt", Array("000001.jpg 3\n".utf8))
    #expect(throws: DatasetError.self) { try FacePartition(path) }
  }

  @Test func `without a test image the last tenth is held out, and said to be`() throws {
    let pictures = try album(Array(1...20), areHalved: true).pictures(partition: nil)
    #expect(try greys(pictures.test) == [19, 20])
    #expect(pictures.train.shape == [3, 109, 89])
    #expect(pictures.areHalved)
    #expect(
      pictures.remarks.contains("no official test image is there: the last 2 training images are held out instead"))
    #expect(pictures.remarks.contains { $0.hasPrefix("the images are at half of the official size") })
  }

  @Test func `a picture of another size is refused by name`() throws {
    let album = try album(Array(1...10), areHalved: true)
    let whole = FaceAlbum(try LooseFaces(scratch.path + "/img"))
    #expect(try album.pictures(partition: nil).train.count == 9)
    let error = #expect(throws: DatasetError.self) { try whole.pictures(partition: nil).train.forEach { _, _ in } }
    #expect(error?.description.contains("000001.jpg is a picture of 109 × 89 pixels where 218 × 178 belong") == true)
  }

  @Test(arguments: [
    "../000001.jpg", "0000001.jpg", "000001.JPG", "00001a.jpg", "٠٠٠٠٠١.jpg", ".DS_Store", "000001.jpg/",
  ])
  func `only the official names are images`(name: String) {
    #expect(LooseFaces.number(of: name) == nil)
  }

  @Test func `a zip archive gives the images of its folder and nothing else`() throws {
    let (codec, grey) = (JPEG(), Raster(shape: [3, 109, 89], bytes: [UInt8](repeating: 90, count: 3 * 109 * 89)))
    let data = codec.encode(grey, quality: 95)
    let names = (1...10).map { String(format: "half/%06d.jpg", $0) }
    let path = try scratch.write(
      "half.zip", zip((["../half/000099.jpg", "half/", "other/000098.jpg"] + names.reversed()).map { ($0, data) }))
    let faces = try ZippedFaces(path, folder: "half")
    #expect(faces.numbers == Array(1...10))
    let pictures = try FaceAlbum(faces, areHalved: true).pictures(partition: nil)
    #expect(try greys(pictures.train) == [UInt8](repeating: 90, count: 9))
  }
}
