import Tensors

/// Which of so many items make up each batch: an epoch takes all in a new random order and drops what fills no batch.
struct Shuffle {
  private let count: Int
  private let batch: Int
  private let generator: Generator
  private var order: (epoch: Int, indices: [Int32])?

  init(count: Int, batch: Int, by generator: Generator) {
    self.count = count
    self.batch = batch
    self.generator = generator
  }

  /// The items of the batch of an iteration, counted from 0.
  mutating func indices(step: Int) -> ArraySlice<Int32> {
    let (epoch, position) = step.quotientAndRemainder(dividingBy: count / batch)
    if order?.epoch != epoch { order = (epoch, generator.permutation(count, stream: UInt64(epoch))) }
    return order?.indices[(position * batch)..<((position + 1) * batch)] ?? []
  }
}
