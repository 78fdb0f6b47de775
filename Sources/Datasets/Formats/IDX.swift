/// The format of MNIST and its successors: a magic number, the dimensions, then bytes; big-endian, in gzip.
///
/// Source: "the IDX file format" at the foot of the MNIST page (yann.lecun.com/exdb/mnist).
enum IDX {
  /// Reads an array of unsigned bytes of exactly the given dimensions.
  /// - Throws: `DatasetError.malformed` or `.unreadable`.
  static func read(_ path: String, dimensions: [Int]) throws -> [UInt8] {
    let file = try Inflate(gzip: path)
    let magic = try number(in: file)
    // Two zero bytes, 0x08 for unsigned bytes, and the number of dimensions.
    let expected = 0x0000_0800 + dimensions.count
    guard magic == expected else {
      throw DatasetError.malformed(
        path, reason: "begins with 0x\(hexadecimal(magic)) where this idx file begins with 0x\(hexadecimal(expected))")
    }
    let found = try dimensions.map { _ in try number(in: file) }
    guard found == dimensions else {
      throw DatasetError.malformed(path, reason: "holds \(product(found)) bytes where \(product(dimensions)) belong")
    }
    let bytes = try file.read(dimensions.reduce(1, *))
    try file.finish()
    return bytes
  }

  /// The grey images in one file with the labels in another.
  /// - Parameter shape: `[1, height, width]`.
  static func split(count: Int, shape: [Int], images: String, labels: String) -> Split {
    Split(count: count, shape: shape) { body in
      let pixels = try read(images, dimensions: [count] + shape.dropFirst())
      let classes = try read(labels, dimensions: [count])
      let size = shape.reduce(1, *)
      for index in 0..<count {
        try body(Raster(shape: shape, bytes: Array(pixels[(index * size)..<((index + 1) * size)])), classes[index])
      }
    }
  }

  private static func number(in file: Inflate) throws -> Int {
    try file.read(4).reduce(0) { $0 << 8 | Int($1) }
  }

  private static func hexadecimal(_ number: Int) -> String {
    let digits = String(number, radix: 16)
    return String(repeating: "0", count: 8 - digits.count) + digits
  }

  private static func product(_ dimensions: [Int]) -> String { dimensions.map(String.init).joined(separator: " × ") }
}

extension DataForm {
  /// The four idx files of MNIST and of what is laid out like it.
  static func idx(
    _ card: DatasetCard, train: (images: DataFile, labels: DataFile), test: (images: DataFile, labels: DataFile)
  ) -> DataForm {
    DataForm(files: [train.images, train.labels, test.images, test.labels]) { paths in
      func split(_ count: Int, _ files: (images: DataFile, labels: DataFile)) -> Split {
        IDX.split(
          count: count, shape: card.itemShape, images: paths[files.images.name, default: ""],
          labels: paths[files.labels.name, default: ""])
      }
      return Pictures(train: split(card.trainCount, train), test: split(card.testCount, test))
    }
  }
}
