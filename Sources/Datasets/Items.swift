import Experiments
package import Foundation
package import Tensors

/// Items of one shape: 8-bit images, scaled to [0, 1] when read, or points.
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
    /// As `bytes`, in a file that is mapped into memory, which nothing may change meanwhile.
    case mapped(Data)

    /// The numbers in it.
    package var count: Int {
      switch self {
      case .bytes(let bytes): bytes.count
      case .floats(let floats): floats.count
      case .mapped(let data): data.count
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
    case .bytes(let bytes): bytes.withUnsafeBytes { scale($0, index, into: buffer) }
    case .floats(let floats):
      floats.withUnsafeBufferPointer { for i in 0..<size { buffer[i] = $0[index * size + i] } }
    case .mapped(let data): data.withUnsafeBytes { scale($0, index, into: buffer) }
    }
  }

  private func scale(_ bytes: UnsafeRawBufferPointer, _ index: Int, into buffer: UnsafeMutableBufferPointer<Float>) {
    for i in 0..<size { buffer[i] = Float(bytes[index * size + i]) / 255 }
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
    return Items(
      count: limit, size: size, storage: storage.prefix(limit * size), labels: Array(labels.prefix(limit)))
  }

  func feed(_ digest: inout Digest) {
    switch storage {
    case .bytes(let bytes): bytes.withUnsafeBytes { digest.update($0) }
    case .floats(let floats): floats.withUnsafeBytes { digest.update($0) }
    case .mapped(let data): data.withUnsafeBytes { digest.update($0) }
    }
  }
}

extension Items.Storage {
  /// The first so many numbers.
  fileprivate func prefix(_ count: Int) -> Self {
    switch self {
    case .bytes(let bytes): .bytes(Array(bytes.prefix(count)))
    case .floats(let floats): .floats(Array(floats.prefix(count)))
    case .mapped(let data): .mapped(data.prefix(count))
    }
  }
}
