import Experiments

/// A dataset, loaded: what it is, and its training and test items.
package struct Dataset: Sendable {
  package let card: DatasetCard
  package let train: Items
  package let test: Items
  /// SHA-256 over the items as they lie in memory, training items first; labels do not count.
  package let digest: String

  package init(card: DatasetCard, train: Items, test: Items) {
    var digest = Digest()
    train.feed(&digest)
    test.feed(&digest)
    self.init(card: card, train: train, test: test, digest: digest.hexadecimal())
  }

  package init(card: DatasetCard, train: Items, test: Items, digest: String) {
    self.card = card
    self.train = train
    self.test = test
    self.digest = digest
  }
}

/// What there is to know of a dataset without loading it.
package struct DatasetCard: Sendable {
  package let name: String
  package let title: String
  /// `[channels, height, width]` of an image, `[dimensions]` of a point.
  package let itemShape: [Int]
  /// The official counts.
  package let trainCount: Int
  package let testCount: Int
  package let source: String
  /// Whether the program makes the items itself, from its seed, without files.
  package let isSynthetic: Bool

  package init(
    name: String, title: String, itemShape: [Int], trainCount: Int, testCount: Int, source: String, isSynthetic: Bool
  ) {
    self.name = name
    self.title = title
    self.itemShape = itemShape
    self.trainCount = trainCount
    self.testCount = testCount
    self.source = source
    self.isSynthetic = isSynthetic
  }
}

/// One dataset of the catalog.
package protocol DatasetRecipe: Sendable {
  static var card: DatasetCard { get }
  init()
  /// The official files, in the order in which they are read; empty for what the program makes itself.
  var files: [DataFile] { get }
  /// Reads all items from the files in `folder`, or makes them where there are no files.
  /// - Throws: `DatasetError`.
  func items(from folder: DataFolder) throws -> (train: Items, test: Items)
}
