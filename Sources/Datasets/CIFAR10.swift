import Experiments

/// Small photographs of ten classes: 50,000 training and 10,000 test images of 32 × 32 pixels in colour (Krizhevsky 2009).
///
/// The binary version: batches of 10,000 records of a label and 3 × 1024 bytes. It is read from the archive or from the
/// folder that lies in it; of a folder, the training batches that are there are used.
package struct CIFAR10: DatasetRecipe {
  package static let card = DatasetCard(
    name: "cifar-10", title: "CIFAR-10", itemShape: [3, 32, 32], trainCount: 50_000, testCount: 10_000,
    source: "Krizhevsky 2009, https://www.cs.toronto.edu/~kriz/cifar.html", isSynthetic: false)

  package init() {}

  package var origin: Origin {
    .files(
      [
        DataForm(files: [Self.archive]) { paths in try Self.unpacked(paths[Self.archive.name, default: ""]) },
        DataForm(files: Self.training + [Self.test], optional: Set(Self.training.map(\.name)), open: Self.loose),
      ], steps: ["none", "jpeg-75", "resize-28"])
  }

  private static let folder = "cifar-10-batches-bin"

  // As in TensorFlow Datasets (url_checksums/cifar10.txt); its MD5 is the one on the authors' page, c32a1d4a….
  private static let archive = DataFile(
    name: "cifar-10-binary.tar.gz", bytes: 170_052_171,
    sha256: "c4a38c50a1bc5f3a1c5537f2155ab9d68f9f25eb1ed8d9ddda3db29a59bca1dd",
    mirrors: ["https://www.cs.toronto.edu/~kriz/"])

  // Of files written from the Python version's batches, whose MD5 are the published ones.
  private static let training = [
    DataFile(
      name: "data_batch_1.bin", folder: folder, bytes: CIFARBatch.bytes,
      sha256: "cee916563c9f80d84e3cc88e17fdc0941787f1244f00a67874d45b261883ada5"),
    DataFile(
      name: "data_batch_2.bin", folder: folder, bytes: CIFARBatch.bytes,
      sha256: "a591ca11fa1708a91ee40f54b3da4784ccd871ecf2137de63f51ada8b3fa57ed"),
    DataFile(name: "data_batch_3.bin", folder: folder, proof: .length(bytes: CIFARBatch.bytes)),
    DataFile(name: "data_batch_4.bin", folder: folder, proof: .length(bytes: CIFARBatch.bytes)),
    DataFile(name: "data_batch_5.bin", folder: folder, proof: .length(bytes: CIFARBatch.bytes)),
  ]
  private static let test = DataFile(
    name: "test_batch.bin", folder: folder, bytes: CIFARBatch.bytes,
    sha256: "8e2eb146ae340b09e24670f29cabc6326dba54da8789dab6768acf480273f65b")

  /// The archive is read once for each batch, because the batches lie in it in no order.
  private static func unpacked(_ path: String) throws -> Pictures {
    func batch(_ file: DataFile) -> CIFARBatch {
      CIFARBatch { try Tar.file(folder + "/" + file.name, in: Inflate(gzip: path)) }
    }
    return Pictures(train: CIFARBatch.split(training.map(batch)), test: CIFARBatch.split([batch(test)]))
  }

  @Sendable private static func loose(_ paths: [String: String]) throws -> Pictures {
    let (there, absent) = (training.filter { paths[$0.name] != nil }, training.filter { paths[$0.name] == nil })
    guard !there.isEmpty, let testPath = paths[test.name] else {
      throw DatasetError.missing(dataset: card.name, files: training.map(\.name), folder: folder)
    }
    let batches = there.compactMap { paths[$0.name] }.map { path in CIFARBatch { try FileStream(path) } }
    return Pictures(
      train: CIFARBatch.split(batches), test: CIFARBatch.split([CIFARBatch { try FileStream(testPath) }]),
      remarks: remarks(there: there, absent: absent))
  }

  private static func remarks(there: [DataFile], absent: [DataFile]) -> [String] {
    var remarks: [String] = []
    if !absent.isEmpty {
      remarks.append(
        "\(Numerals.count(there.count * CIFARBatch.count)) of the \(Numerals.count(card.trainCount)) training images are there: "
          + "\(absent.map(\.name).joined(separator: ", ")) \(absent.count == 1 ? "is" : "are") missing")
    }
    let unproved = there.filter { if case .length = $0.proof { true } else { false } }
    if !unproved.isEmpty {
      remarks.append(
        "for \(unproved.map(\.name).joined(separator: ", ")) no checksum is published: "
          + "length and labels alone were checked")
    }
    return remarks
  }
}

/// A batch of CIFAR-10's binary version.
struct CIFARBatch {
  /// Images in it.
  static let count = 10_000
  static let record = 1 + 3 * 32 * 32
  static let bytes = count * record

  /// Records that the file must hold, no more and no less.
  var records = count
  let open: () throws -> any ByteStream

  static func split(_ batches: [CIFARBatch]) -> Split {
    Split(count: batches.map(\.records).reduce(0, +), shape: CIFAR10.card.itemShape) { body in
      for batch in batches { try batch.forEach(body) }
    }
  }

  private func forEach(_ body: (Raster, UInt8?) throws -> Void) throws {
    let stream = try open()
    for _ in 0..<records {
      let record = try stream.read(Self.record)
      guard record[0] < 10 else {
        throw DatasetError.malformed(stream.path, reason: "holds the label \(record[0]), where 0 to 9 belong")
      }
      try body(Raster(shape: CIFAR10.card.itemShape, bytes: Array(record.dropFirst())), record[0])
    }
    try stream.finish()
  }
}
