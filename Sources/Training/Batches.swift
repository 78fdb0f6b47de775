import Datasets
import Experiments
import Tensors

/// The batches of a run: each epoch takes all training items in a new random order and drops what fills no batch.
struct Batches {
  private let items: Items
  private let batch: Int
  private let shuffle: Generator
  private let augment: Generator
  private let augmentation: Augmentation?
  private var order: (epoch: Int, indices: [Int32])?

  init(of dataset: Dataset, _ configuration: Configuration, seed: UInt64) {
    items = dataset.train
    batch = configuration.training.batch
    shuffle = Generator(seed: seed).split("shuffle")
    augment = Generator(seed: seed).split("augment")
    augmentation = configuration.dataset.augment ? Augmentation(itemShape: dataset.card.itemShape) : nil
  }

  /// Writes the batch of an iteration, counted from 0, to `buffer`, item after item.
  mutating func fill(_ buffer: UnsafeMutableBufferPointer<Float>, step: Int) {
    for (position, index) in indices(step: step).enumerated() {
      let place = (position * items.size)..<((position + 1) * items.size)
      let item = UnsafeMutableBufferPointer(rebasing: buffer[place])
      items.read(Int(index), into: item)
      augmentation?.apply(item, using: augment.split(UInt64(position)), stream: UInt64(step))
    }
  }

  /// The items of the batch of an iteration, counted from 0.
  mutating func indices(step: Int) -> ArraySlice<Int32> {
    let (epoch, position) = step.quotientAndRemainder(dividingBy: items.count / batch)
    if order?.epoch != epoch { order = (epoch, shuffle.permutation(items.count, stream: UInt64(epoch))) }
    return order?.indices[(position * batch)..<((position + 1) * batch)] ?? []
  }
}
