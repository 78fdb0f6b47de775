import Foundation

/// The arrays of an archive of NumPy (`.npz`), by their names.
package struct NumpyArchive {
  private let zip: Zip

  /// - Throws: `DatasetError.unreadable`, `.malformed`; the latter too where a name leads out of the archive.
  package init(reading path: String) throws {
    zip = try Zip(path)
    try zip.checkNames()
  }

  /// In the archive's order, without `.npy`.
  package var names: [String] { zip.entries.map(\.name).filter { $0.hasSuffix(".npy") }.map { String($0.dropLast(4)) } }

  /// - Parameter limit: bytes that a packed array may have when it is unpacked.
  /// - Throws: `DatasetError.malformed` where there is no such array, it is larger than the limit or than it says, or is
  ///   damaged.
  package func array(_ name: String, limit: Int = 1 << 31) throws -> NumpyArray {
    guard let entry = zip.entries.first(where: { $0.name == name + ".npy" }) else {
      throw DatasetError.malformed(
        zip.path, reason: "has no array '\(name)'; it has: \(names.joined(separator: ", "))")
    }
    let label = "\(zip.path), \(entry.name)"
    let header = try NumpyHeader(try zip.stream(of: entry), name: label)
    // What the array says of itself is compared before anything of that size is unpacked.
    let there = entry.size - header.length
    guard there == header.bytes else {
      throw DatasetError.malformed(
        label, reason: "has \(there) bytes of numbers where an array of shape \(header.shape) has \(header.bytes)")
    }
    return try NumpyArray(header, try zip.data(of: entry, in: try zip.mapped(), limit: limit), name: label)
  }
}
