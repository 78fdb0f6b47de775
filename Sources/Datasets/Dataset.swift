/// A dataset, loaded: what it is, and its training and test items.
package struct Dataset: Sendable {
  package let card: DatasetCard
  package let train: Items
  package let test: Items
  /// SHA-256 over the items' bytes, training items first.
  package let digest: String

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

/// Items of one shape in memory: 8-bit images, scaled to [0, 1] when read, or points.
package struct Items: Sendable {
  package let count: Int
  /// Numbers in one item.
  package let size: Int
  package let storage: Storage

  package enum Storage: Sendable {
    /// Item after item, `[channels, height, width]` each; read as value / 255.
    case bytes([UInt8])
    case floats([Float])
  }

  package init(count: Int, size: Int, storage: Storage) {
    self.count = count
    self.size = size
    self.storage = storage
  }
}

/// One dataset of the catalog.
package protocol DatasetRecipe: Sendable {
  static var card: DatasetCard { get }
  init()
  /// The official files, in the order in which they are read; empty for what the program makes itself.
  var files: [DataFile] { get }
  /// Reads the files from `folder` (ignored where there are none).
  /// - Throws: `DatasetError`.
  func load(from folder: DataFolder) throws -> Dataset
}
