import Experiments

/// A dataset, loaded: what it is, and its training and test items.
package struct Dataset: Sendable {
  package let card: DatasetCard
  package let train: Items
  package let test: Items
  /// SHA-256 over the items as they lie in memory, training items first; labels do not count.
  package let digest: String
  /// Sentences about what is not as published, e.g. which of the official files are missing; empty where all is.
  package let remarks: [String]

  package init(card: DatasetCard, train: Items, test: Items, remarks: [String] = []) {
    var digest = Digest()
    train.feed(&digest)
    test.feed(&digest)
    self.init(card: card, train: train, test: test, digest: digest.hexadecimal(), remarks: remarks)
  }

  package init(card: DatasetCard, train: Items, test: Items, digest: String, remarks: [String] = []) {
    self.card = card
    self.train = train
    self.test = test
    self.digest = digest
    self.remarks = remarks
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

  /// The card of the same items in another shape.
  func with(itemShape: [Int]) -> DatasetCard {
    DatasetCard(
      name: name, title: title, itemShape: itemShape, trainCount: trainCount, testCount: testCount, source: source,
      isSynthetic: isSynthetic)
  }
}

/// One dataset of the catalog.
package protocol DatasetRecipe: Sendable {
  /// The official shape and counts, before any preprocessing.
  static var card: DatasetCard { get }
  init()
  var origin: Origin { get }
}

extension DatasetRecipe {
  /// The official files in the form that is downloaded; empty for what the program makes.
  package var files: [DataFile] {
    if case .files(let forms, _) = origin { forms.first?.files ?? [] } else { [] }
  }

  /// The names of the preprocessing steps that fit, the one that preparing does first.
  package var steps: [String] {
    if case .files(_, let steps) = origin { steps } else { ["none"] }
  }
}
