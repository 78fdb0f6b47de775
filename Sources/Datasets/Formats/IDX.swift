/// The format of MNIST and its successors: a magic number, the dimensions, then bytes; big-endian, in gzip.
///
/// Source: "the IDX file format" at the foot of the MNIST page (yann.lecun.com/exdb/mnist).
enum IDX {
  /// Reads an array of unsigned bytes of exactly the given dimensions.
  /// - Throws: `DatasetError.malformed` or `.unreadable`.
  static func read(_ path: String, dimensions: [Int]) throws -> [UInt8] {
    let file = try Gunzip(path)
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

  /// The images in one file and the labels in another, both verified.
  /// - Parameter shape: `[channels, height, width]` with one channel.
  static func items(
    count: Int, shape: [Int], images: DataFile, labels: DataFile, dataset: String, in folder: DataFolder
  ) throws -> Items {
    let imagePath = try folder.verified(images, dataset: dataset)
    let labelPath = try folder.verified(labels, dataset: dataset)
    return Items(
      count: count, size: shape.reduce(1, *),
      storage: .bytes(try read(imagePath, dimensions: [count] + shape.dropFirst())),
      labels: try read(labelPath, dimensions: [count]))
  }

  private static func number(in file: Gunzip) throws -> Int {
    try file.read(4).reduce(0) { $0 << 8 | Int($1) }
  }

  private static func hexadecimal(_ number: Int) -> String {
    let digits = String(number, radix: 16)
    return String(repeating: "0", count: 8 - digits.count) + digits
  }

  private static func product(_ dimensions: [Int]) -> String { dimensions.map(String.init).joined(separator: " × ") }
}
