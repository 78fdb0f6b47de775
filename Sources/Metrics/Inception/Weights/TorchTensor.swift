import Tensors

/// Numbers of a PyTorch file that tensors are made of.
struct TorchStorage: Equatable {
  /// By which it is found in the file.
  let key: String
  let format: NumberFormat
  /// Numbers, not bytes.
  let count: Int

  var bytes: Int { count * format.width }
}

/// A tensor as a PyTorch file describes it: a view of a storage.
struct TorchTensor: Equatable {
  let storage: TorchStorage
  let offset: Int
  let shape: [Int]
  let strides: [Int]

  /// - Returns: `nil` where it does not lie in its storage, or has more numbers than that.
  init?(_ storage: TorchStorage, offset: Int, shape: [Int], strides: [Int]) {
    guard offset >= 0, shape.count == strides.count, shape.count <= 8, shape.allSatisfy({ $0 > 0 }) else { return nil }
    guard offset < storage.count else { return nil }
    var (count, last) = (1, offset)
    for (size, stride) in zip(shape, strides) {
      guard size <= storage.count / count, stride >= 0 else { return nil }
      guard stride == 0 || size - 1 <= (storage.count - 1 - last) / stride else { return nil }
      count *= size
      last += (size - 1) * stride
    }
    self.storage = storage
    self.offset = offset
    self.shape = shape
    self.strides = strides
  }

  /// Whether its numbers lie one after the other in row-major order.
  private var isContiguous: Bool {
    var expected = 1
    for (size, stride) in zip(shape, strides).reversed() {
      guard size == 1 || stride == expected else { return false }
      expected *= size
    }
    return true
  }

  /// The tensor's numbers in row-major order, out of its storage's.
  func values(of storage: [Float]) -> [Float] {
    let count = shape.reduce(1, *)
    if isContiguous { return Array(storage[offset..<(offset + count)]) }
    return (0..<count).map { index in
      var (rest, place) = (index, offset)
      for (size, stride) in zip(shape, strides).reversed() {
        place += rest % size * stride
        rest /= size
      }
      return storage[place]
    }
  }
}
