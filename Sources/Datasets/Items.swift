import Experiments
package import Tensors

/// Items of one shape in memory: 8-bit images, scaled to [0, 1] when read, or points.
package struct Items: Sendable {
  package let count: Int
  /// Numbers in one item.
  package let size: Int
  package let storage: Storage
  /// The class of each item, for pictures only; empty where there are no classes.
  package let labels: [UInt8]

  package enum Storage: Sendable {
    /// Item after item, `[channels, height, width]` each; read as value / 255.
    case bytes([UInt8])
    case floats([Float])

    /// The numbers in it.
    package var count: Int {
      switch self {
      case .bytes(let bytes): bytes.count
      case .floats(let floats): floats.count
      }
    }
  }

  package init(count: Int, size: Int, storage: Storage, labels: [UInt8] = []) {
    precondition(storage.count == count * size, "\(storage.count) numbers do not make \(count) items of \(size)")
    precondition(labels.isEmpty || labels.count == count, "\(labels.count) labels do not fit \(count) items")
    self.count = count
    self.size = size
    self.storage = storage
    self.labels = labels
  }

  /// Writes one item, as numbers, to `buffer`, which holds `size` of them.
  package func read(_ index: Int, into buffer: UnsafeMutableBufferPointer<Float>) {
    precondition(index >= 0 && index < count, "there is no item \(index) among \(count)")
    precondition(buffer.count == size, "a buffer of \(buffer.count) does not fit an item of \(size)")
    switch storage {
    case .bytes(let bytes):
      bytes.withUnsafeBufferPointer { for i in 0..<size { buffer[i] = Float($0[index * size + i]) / 255 } }
    case .floats(let floats):
      floats.withUnsafeBufferPointer { for i in 0..<size { buffer[i] = $0[index * size + i] } }
    }
  }

  /// The items with the given indices, one a row.
  package func matrix(_ indices: some Collection<Int>) -> Matrix {
    let values = [Float](unsafeUninitializedCapacity: indices.count * size) { buffer, filled in
      for (row, index) in indices.enumerated() {
        read(index, into: UnsafeMutableBufferPointer(rebasing: buffer[(row * size)..<((row + 1) * size)]))
      }
      filled = indices.count * size
    }
    return Matrix(rows: indices.count, columns: size, values: values)
  }

  /// The first `limit` items.
  package func prefix(_ limit: Int) -> Items {
    guard limit < count else { return self }
    let labels = Array(labels.prefix(limit))
    switch storage {
    case .bytes(let bytes):
      return Items(count: limit, size: size, storage: .bytes(Array(bytes.prefix(limit * size))), labels: labels)
    case .floats(let floats):
      return Items(count: limit, size: size, storage: .floats(Array(floats.prefix(limit * size))), labels: labels)
    }
  }

  func feed(_ digest: inout Digest) {
    switch storage {
    case .bytes(let bytes): bytes.withUnsafeBytes { digest.update($0) }
    case .floats(let floats): floats.withUnsafeBytes { digest.update($0) }
    }
  }
}
