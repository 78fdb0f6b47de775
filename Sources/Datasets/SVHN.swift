/// House numbers, one digit in the middle: 73,257 training and 26,032 test images of 32 × 32 pixels in colour (Netzer 2011).
///
/// The cropped digits, in MATLAB's format: `X` of `[height, width, channels, images]` with the height fastest, and `y`, the
/// digits, with 10 for zero.
package struct SVHN: DatasetRecipe {
  package static let card = DatasetCard(
    name: "svhn", title: "SVHN", itemShape: [3, 32, 32], trainCount: 73_257, testCount: 26_032,
    source: "Netzer, Wang, Coates, Bissacco, Wu, Ng 2011, http://ufldl.stanford.edu/housenumbers/", isSynthetic: false)

  package init() {}

  package var origin: Origin {
    .files(
      [
        DataForm(files: [Self.train, Self.test]) { paths in
          Pictures(
            train: Self.split(paths[Self.train.name, default: ""], count: Self.card.trainCount),
            test: Self.split(paths[Self.test.name, default: ""], count: Self.card.testCount))
        }
      ], steps: ["none", "resize-28"])
  }

  private static let mirrors = ["http://ufldl.stanford.edu/housenumbers/"]

  // As in TensorFlow Datasets (url_checksums/svhn_cropped.txt); torchvision has the MD5 e26dedcc… and eb5a983b….
  private static let train = DataFile(
    name: "train_32x32.mat", bytes: 182_040_794,
    sha256: "435e94d69a87fde4fd4d7f3dd208dfc32cb6ae8af2240d066de1df7508d083b8", mirrors: mirrors)
  private static let test = DataFile(
    name: "test_32x32.mat", bytes: 64_275_384,
    sha256: "cdce80dfb2a2c4c6160906d0bd7c68ec5a99d7ca4831afa54f09182025b6a75b", mirrors: mirrors)

  /// The images of a file in this layout, in its order.
  static func split(_ path: String, count: Int) -> Split {
    Split(count: count, shape: card.itemShape) { body in
      let digits = try labels(path, count: count)
      let pictures = try array("X", in: path, dimensions: [32, 32, 3, count])
      for index in 0..<count { try body(picture(try pictures.bytes(3 * 32 * 32)), digits[index]) }
      try pictures.finish()
    }
  }

  private static func labels(_ path: String, count: Int) throws -> [UInt8] {
    let array = try array("y", in: path, dimensions: [count, 1])
    let digits = try (0..<count).map { _ in
      let digit = try array.number()
      guard digit >= 1, digit <= 10, digit.rounded() == digit else {
        throw DatasetError.malformed(path, reason: "holds the label \(digit), where 1 to 10 belong")
      }
      return UInt8(digit) % 10
    }
    try array.finish()
    return digits
  }

  private static func array(_ name: String, in path: String, dimensions: [Int]) throws -> MATArray {
    let array = try MATFile.array(name, in: path)
    guard array.dimensions == dimensions else {
      throw DatasetError.malformed(
        path, reason: "has '\(name)' of dimensions \(array.dimensions) where \(dimensions) belong")
    }
    return array
  }

  /// Turns `[height, width, channels]`, the first fastest, into planes of rows.
  private static func picture(_ columns: [UInt8]) -> Raster {
    let side = 32
    let bytes = [UInt8](unsafeUninitializedCapacity: columns.count) { planes, filled in
      columns.withUnsafeBufferPointer { columns in
        for channel in stride(from: 0, to: 3 * side * side, by: side * side) {
          for row in 0..<side {
            for column in 0..<side { planes[channel + side * row + column] = columns[channel + side * column + row] }
          }
        }
      }
      filled = columns.count
    }
    return Raster(shape: card.itemShape, bytes: bytes)
  }
}
