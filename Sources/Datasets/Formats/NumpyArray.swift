package import Foundation
package import Tensors

/// An array in a file of NumPy (`.npy`), or in an archive of such files (`.npz`).
///
/// The numbers stay in the file, which is mapped into memory, until they are asked for; those of a packed member of an
/// archive are unpacked once.
package struct NumpyArray {
  /// The file, and the member where it is an archive: for messages.
  package let name: String
  package let format: NumberFormat
  package let shape: [Int]
  private let isFortran: Bool
  /// The numbers alone.
  private let bytes: Data

  /// Numbers in the array.
  package var count: Int { bytes.count / format.width }

  /// - Throws: `DatasetError.unreadable`; `.malformed` where it is no `.npy` file, a truncated one or one that goes on
  ///   after its numbers, or holds what are no little-endian numbers.
  package init(reading path: String) throws {
    let file = try OpenFile(path)
    let header = try NumpyHeader(FileStream(file, 0..<file.length), name: path)
    try self.init(header, try Data(mapping: path), name: path)
  }

  /// - Parameter data: the whole file, header too.
  /// - Throws: `DatasetError.malformed`.
  init(_ header: NumpyHeader, _ data: Data, name: String) throws {
    let there = data.count - header.length
    guard there == header.bytes else {
      throw DatasetError.malformed(
        name,
        reason: there < header.bytes
          ? "is truncated: of \(header.bytes) bytes of numbers there are \(max(0, there))"
          : "holds \(there - header.bytes) bytes more than its shape \(header.shape) says")
    }
    self.name = name
    format = header.format
    shape = header.shape
    isFortran = header.isFortran && header.shape.count > 1
    bytes = data.dropFirst(header.length)
  }

  /// The numbers of a range in row-major order, the last index fastest, rounded to Float32 where they are not.
  package func floats(_ range: Range<Int>) -> [Float] { chunk(range).withUnsafeBytes { format.floats($0) } }

  /// The numbers of a range in row-major order; integers beyond 2^53 are rounded.
  package func doubles(_ range: Range<Int>) -> [Double] { chunk(range).withUnsafeBytes { format.doubles($0) } }

  /// The bytes of a range in row-major order, whatever the order in the file.
  package func chunk(_ range: Range<Int>) -> Data {
    precondition(range.lowerBound >= 0 && range.upperBound <= count, "\(range) is not in an array of \(count) numbers")
    let start = bytes.startIndex + range.lowerBound * format.width
    return isFortran ? gathered(range) : bytes[start..<(start + range.count * format.width)]
  }

  private func gathered(_ range: Range<Int>) -> Data {
    var gathered = Data(capacity: range.count * format.width)
    bytes.withUnsafeBytes { bytes in
      for index in range {
        let start = place(of: index) * format.width
        gathered.append(contentsOf: UnsafeRawBufferPointer(rebasing: bytes[start..<(start + format.width)]))
      }
    }
    return gathered
  }

  /// Where a number lies in a file whose first index runs fastest.
  private func place(of index: Int) -> Int {
    var (rest, place, stride) = (index, 0, count)
    for size in shape.reversed() {
      stride /= size
      place += rest % size * stride
      rest /= size
    }
    return place
  }
}

extension Data {
  /// A file mapped into memory; nothing may cut it short meanwhile.
  /// - Throws: `DatasetError.unreadable`.
  package init(mapping path: String) throws(DatasetError) {
    do { try self.init(contentsOf: URL(fileURLWithPath: path), options: .alwaysMapped) } catch {
      throw .unreadable(path, reason: error.localizedDescription)
    }
  }
}
