import Datasets
import Experiments
import Tensors

/// The batches of training items of a run.
struct Batches {
  private let items: Items
  private let augment: Generator
  private let augmentation: Augmentation?
  private var shuffle: Shuffle
  /// Room for an item that is being changed.
  private var scratch: [Float]

  /// - Parameter purpose: what the batches are for; others are drawn independently.
  init(of dataset: Dataset, _ configuration: Configuration, seed: UInt64, purpose: String? = nil) {
    let root = Generator(seed: seed)
    let generator = { (name: String) in purpose.map { root.split(name).split($0) } ?? root.split(name) }
    items = dataset.train
    augment = generator("augment")
    augmentation = configuration.dataset.augment ? Augmentation(itemShape: dataset.card.itemShape) : nil
    scratch = Array(repeating: 0, count: augmentation == nil ? 0 : items.size)
    shuffle = Shuffle(count: items.count, batch: configuration.training.batch, by: generator("shuffle"))
  }

  /// Writes the batch of an iteration, counted from 0, to `buffer`, item after item.
  mutating func fill(_ buffer: UnsafeMutableBufferPointer<Float>, step: Int) {
    for (position, index) in indices(step: step).enumerated() {
      let place = (position * items.size)..<((position + 1) * items.size)
      let item = UnsafeMutableBufferPointer(rebasing: buffer[place])
      items.read(Int(index), into: item)
      guard let augmentation else { continue }
      let generator = augment.split(UInt64(position))
      scratch.withUnsafeMutableBufferPointer {
        augmentation.apply(item, using: generator, stream: UInt64(step), scratch: $0)
      }
    }
  }

  /// The items of the batch of an iteration, counted from 0.
  mutating func indices(step: Int) -> ArraySlice<Int32> { shuffle.indices(step: step) }
}
