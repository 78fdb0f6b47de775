package import Datasets
package import Tensors

/// The items of a split in a random order that is the same for ever, so that the first so many are a fair subset.
package struct DatasetImages: ImageSource {
  package enum Split: String, Sendable { case train, test }

  private let items: Items
  private let order: [Int]
  package let shape: [Int]
  package let contentKey: String?

  package init(_ split: Split, of dataset: Dataset) {
    items = split == .train ? dataset.train : dataset.test
    order = items.subset(items.count)
    shape = dataset.card.itemShape
    contentKey = "\(dataset.digest) \(split.rawValue) in random order"
  }

  package var count: Int { order.count }

  package func images(_ range: Range<Int>) -> Matrix { items.matrix(order[range]) }
}
