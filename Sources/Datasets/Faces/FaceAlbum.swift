import Experiments

/// CelebA's images, divided into training and test images.
struct FaceAlbum {
  private let source: any FaceSource
  private let areHalved: Bool

  init(_ source: any FaceSource, areHalved: Bool = false) {
    self.source = source
    self.areHalved = areHalved
  }

  /// - Parameter partition: the path of the official list; without it, the ranges of numbers that it consists of.
  /// - Throws: `DatasetError`.
  func pictures(partition: String?) throws -> Pictures {
    let parts = try partition.map { try FacePartition($0) }
    var (train, test) = ([Int](), [Int]())
    for number in source.numbers {
      switch try parts?.part(of: number) ?? FacePartition.part(of: number) {
      case .train: train.append(number)
      case .validation: break
      case .test: test.append(number)
      }
    }
    guard train.count >= 10 else {
      throw DatasetError.malformed(source.path, reason: "has \(train.count) training images named 000001.jpg and so on")
    }
    var remarks = remarks(train: train.count, test: test.count)
    if test.isEmpty {
      let held = min(1000, train.count / 10)
      remarks.append(
        "no official test image is there: the last \(Numerals.count(held)) training images are held out instead")
      (train, test) = (Array(train.dropLast(held)), train.suffix(held))
    }
    return Pictures(train: split(train), test: split(test), remarks: remarks, areHalved: areHalved)
  }

  private func remarks(train: Int, test: Int) -> [String] {
    var remarks = source.remarks
    let card = CelebA.card
    if train < card.trainCount || test < card.testCount {
      remarks.append(
        "\(Numerals.count(train)) of the \(Numerals.count(card.trainCount)) training and \(Numerals.count(test)) of the "
          + "\(Numerals.count(card.testCount)) test images are there")
    }
    if areHalved {
      remarks.append(
        "the images are at half of the official size, 109 × 89 pixels, saved again by a third party; "
          + "crops are taken at half of their size")
    }
    return remarks
  }

  private func split(_ numbers: [Int]) -> Split {
    let (height, width) = (CelebA.card.itemShape[1], CelebA.card.itemShape[2])
    let shape = areHalved ? [3, height / 2, width / 2] : [3, height, width]
    return Split(count: numbers.count, shape: shape) { [source] body in
      let codec = JPEG()
      for number in numbers {
        let name = source.path + "/" + source.name(of: number)
        try body(try codec.decode(try source.file(number), shape: shape, name: name), nil)
      }
    }
  }
}
