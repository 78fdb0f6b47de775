/// One man's face on a film: 1965 images of 28 × 20 grey pixels, in the film's order, without classes (Roweis).
///
/// There is no official split; the last 200 images are the test set here, as in Tomczak and Welling's VampPrior code, where
/// the images are shuffled first. The file is not downloaded: its terms are unknown.
package struct FreyFace: DatasetRecipe {
  package static let card = DatasetCard(
    name: "frey-face", title: "Frey Face", itemShape: [1, 28, 20], trainCount: 1765, testCount: 200,
    source: "S. Roweis, https://cs.nyu.edu/~roweis/data.html", isSynthetic: false)

  package init() {}

  package var origin: Origin {
    .files(
      [
        DataForm(files: [Self.file]) { paths in
          let path = paths[Self.file.name, default: ""]
          let (train, all) = (Self.card.trainCount, Self.card.trainCount + Self.card.testCount)
          return Pictures(
            train: Self.split(path, 0..<train), test: Self.split(path, train..<all),
            remarks: ["no split is published: the last \(all - train) images are the test set"])
        }
      ], steps: ["none"])
  }

  private static let file = DataFile(name: "frey_rawface.mat", proof: .contents)

  /// The array `ff` of `[560, 1965]`: a column is an image, row after row.
  private static func split(_ path: String, _ range: Range<Int>) -> Split {
    Split(count: range.count, shape: card.itemShape) { body in
      let array = try MATFile.array("ff", in: path)
      let (size, count) = (card.itemShape.reduce(1, *), card.trainCount + card.testCount)
      guard array.dimensions == [size, count] else {
        throw DatasetError.malformed(
          path, reason: "has 'ff' of dimensions \(array.dimensions) where \([size, count]) belong")
      }
      for index in 0..<count {
        let picture = try array.bytes(size)
        if range.contains(index) { try body(Raster(shape: card.itemShape, bytes: picture), nil) }
      }
      try array.finish()
    }
  }
}
