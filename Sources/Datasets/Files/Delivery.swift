import Foundation

/// Brings files into the data directory: each arrives under a temporary name and takes its own when it is right.
package struct Delivery {
  /// Of what the files are: a dataset, or the weights of a network.
  let name: String
  /// Where a person gets the files that programs do not.
  let source: String
  let folder: DataFolder

  package init(name: String, source: String, folder: DataFolder) {
    self.name = name
    self.source = source
    self.folder = folder
  }

  /// Downloads a file from the first of its mirrors that has the right one.
  /// - Throws: `DatasetError.byHand`, `.unavailable`, `.unwritable`.
  package func download(_ file: DataFile, with downloader: any Downloader, report: (String) -> Void) throws {
    guard !file.mirrors.isEmpty else { throw DatasetError.byHand(file.name, dataset: name, source: source) }
    var attempts: [String] = []
    for address in file.addresses {
      do {
        report("\(name): \(file.name)\(file.bytes.map { " (\($0) bytes)" } ?? "") from \(address)")
        return try install(file) { try downloader.download(address, to: $0) }
      } catch let error as DatasetError where error.isLocal {
        throw error
      } catch {
        let fault = (error as? DatasetError)?.fault ?? "\(error)"
        attempts.append("\(URL(string: address)?.host ?? address): \(fault)")
        report("\(name): \(address) failed: \(fault)")
      }
    }
    throw DatasetError.unavailable(file.name, dataset: name, attempts: attempts)
  }

  /// - Throws: `DatasetError`.
  func copy(_ file: DataFile, from path: String) throws {
    try install(file) { part in try local(part) { try FileManager.default.copyItem(atPath: path, toPath: $0) } }
  }

  /// Lets `obtain` write a temporary file, checks it, and gives it its final name.
  private func install(_ file: DataFile, obtain: (String) throws -> Void) throws {
    let place = folder.place(of: file, dataset: name)
    let part = place + ".part"
    try local((place as NSString).deletingLastPathComponent) {
      try FileManager.default.createDirectory(atPath: $0, withIntermediateDirectories: true)
    }
    // What an earlier attempt, killed on its way, has left.
    try discard(part)
    do {
      try obtain(part)
      try file.verify(part)
      try local(place) { try FileManager.default.moveItem(atPath: part, toPath: $0) }
    } catch {
      try discard(part)
      throw error
    }
  }

  /// Removes a temporary file or folder of ours, if it is there.
  private func discard(_ part: String) throws {
    guard FileManager.default.fileExists(atPath: part) else { return }
    try local(part) { try FileManager.default.removeItem(atPath: $0) }
  }

  /// Calls a failure of the file system by its name: no other mirror would help.
  private func local(_ path: String, _ act: (String) throws -> Void) throws(DatasetError) {
    do { try act(path) } catch { throw .unwritable(path, reason: error.localizedDescription) }
  }
}
