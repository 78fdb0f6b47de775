import Experiments
import Foundation

/// Writes a file of converted items, picture by picture.
final class ItemCacheWriter {
  private let path: String
  private let descriptor: Int32
  private var buffer: [UInt8] = []
  private var digest = Digest()

  /// - Throws: `DatasetError.unwritable`.
  init(_ path: String) throws(DatasetError) {
    descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw .unwritable(path, reason: String(cString: strerror(errno))) }
    self.path = path
    buffer.reserveCapacity(2 << 20)
  }

  deinit { close(descriptor) }

  /// Converts the pictures of both splits, and writes them with all that belongs to them.
  /// - Throws: `DatasetError`.
  func write(_ pictures: Pictures, of dataset: String, step: Preprocessing, originals: [FileStamp]) throws {
    let (trainLabels, testLabels) = (try items(pictures.train, step), try items(pictures.test, step))
    try flush()
    let (items, labels) = (digest.hexadecimal(), trainLabels + testLabels)
    let count = pictures.train.count + pictures.test.count
    precondition(labels.isEmpty || labels.count == count, "\(labels.count) labels do not fit \(count) items")
    try append(labels)
    let contents = ItemCache.Contents(
      dataset: dataset, preprocessing: step.name, version: step.version, shape: step.shape(of: pictures.train.shape),
      trainCount: pictures.train.count, testCount: pictures.test.count, isLabelled: !labels.isEmpty,
      remarks: pictures.remarks, originals: originals, digest: items,
      labelDigest: Digest.hexadecimal(Data(labels)))
    try append(footer(of: contents))
    try flush()
    guard fsync(descriptor) == 0 else { throw fault }
  }

  /// Converts one split and returns its labels.
  private func items(_ split: Split, _ step: Preprocessing) throws -> [UInt8] {
    let (convert, shape) = (step.prepared(for: split.shape), step.shape(of: split.shape))
    var (labels, count): ([UInt8], Int) = ([], 0)
    try split.forEach { picture, label in
      let item = try convert(picture)
      precondition(item.shape == shape, "a picture of shape \(item.shape) stands among those of \(shape)")
      try append(item.bytes)
      if let label { labels.append(label) }
      count += 1
    }
    precondition(count == split.count, "\(count) pictures came where \(split.count) were announced")
    return labels
  }

  private func footer(of contents: ItemCache.Contents) throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    let json = try encoder.encode(contents)
    var digest = Digest()
    json.withUnsafeBytes { digest.update($0) }
    let length = (0..<8).reversed().map { UInt8(truncatingIfNeeded: json.count >> (8 * $0)) }
    return Array(json) + length + digest.bytes() + ItemCache.signature
  }

  private func append(_ bytes: [UInt8]) throws {
    buffer += bytes
    if buffer.count >= 1 << 20 { try flush() }
  }

  private func flush() throws {
    try buffer.withUnsafeBytes { bytes in
      digest.update(bytes)
      var offset = 0
      while offset < bytes.count {
        let count = Foundation.write(descriptor, bytes.baseAddress?.advanced(by: offset), bytes.count - offset)
        if count < 0, errno == EINTR { continue }
        guard count > 0 else { throw fault }
        offset += count
      }
    }
    buffer.removeAll(keepingCapacity: true)
  }

  private var fault: DatasetError { .unwritable(path, reason: String(cString: strerror(errno))) }
}
