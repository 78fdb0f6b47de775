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
    let claim = try claim(partial(file))
    defer { withExtendedLifetime(claim) {} }
    var attempts: [String] = []
    for address in file.addresses {
      do { return try fetch(file, from: address, with: downloader, report: report) } catch let error as DatasetError
        where error.isLocal
      {
        throw error
      } catch {
        let fault = (error as? DatasetError)?.fault ?? "\(error)"
        attempts.append("\(URL(string: address)?.host ?? address): \(fault)")
        report("\(name): \(address) failed: \(fault)")
      }
    }
    throw DatasetError.unavailable(file.name, dataset: name, attempts: attempts)
  }

  /// Goes on where a connection breaks, as long as each attempt brings something; begins anew, once, where what was gone
  /// on with was not the beginning of the right file.
  private func fetch(
    _ file: DataFile, from address: String, with downloader: any Downloader, report: (String) -> Void
  ) throws {
    let part = partial(file)
    // Without a checksum nothing tells whether two pieces belong together.
    if !file.isProven { try discard(part) }
    let start = length(part)
    while start == 0 || length(part) != file.bytes {
      if try extend(file, from: address, with: downloader, report: report) { break }
    }
    do { try file.verify(part) } catch {
      try discard(part)
      guard start > 0 else { throw error }
      report("\(name): \(error.fault); once more from the start")
      return try fetch(file, from: address, with: downloader, report: report)
    }
    try local(folder.place(of: file, dataset: name)) { try FileManager.default.moveItem(atPath: part, toPath: $0) }
  }

  /// One attempt at the rest of a file.
  /// - Returns: false if the connection broke after something had come.
  /// - Throws: `DownloadError`, and `DatasetError.unwritable`.
  private func extend(
    _ file: DataFile, from address: String, with downloader: any Downloader, report: (String) -> Void
  ) throws -> Bool {
    let (part, before) = (partial(file), length(partial(file)))
    let rest = before > 0 ? ", from byte \(before) on" : ""
    report("\(name): \(file.name)\(file.bytes.map { " (\($0) bytes)" } ?? "") from \(address)\(rest)")
    var tenths = 0
    do {
      try downloader.download(address, to: part, expecting: file.bytes) { count in
        tell(count, of: file, &tenths, report)
      }
      return true
    } catch let error as DownloadError {
      if case .unwritable(let reason) = error { throw DatasetError.unwritable(part, reason: reason) }
      // Nothing comes after what is there: whether that is the file, its checksum tells.
      if error == .status(416), before > 0 { return true }
      let after = length(part)
      if !file.isProven || after == 0 { try discard(part) }
      guard file.isProven, error.isBreak, after > before else { throw error }
      report("\(name): \(error)")
      return false
    }
  }

  /// Tells each further tenth of a large file.
  private func tell(_ count: Int, of file: DataFile, _ tenths: inout Int, _ report: (String) -> Void) {
    guard let bytes = file.bytes, bytes > 10_000_000, count * 10 / bytes > tenths else { return }
    tenths = count * 10 / bytes
    report("\(name): \(file.name): \(tenths * 10) %")
  }

  /// Where a file lies while it is on its way.
  private func partial(_ file: DataFile) -> String { folder.place(of: file, dataset: name) + ".part" }

  private func length(_ path: String) -> Int {
    (try? FileManager.default.attributesOfItem(atPath: path)[.size] as? Int) ?? 0
  }

  /// - Throws: `DatasetError`.
  func copy(_ file: DataFile, from path: String) throws {
    try install(file) { part in try local(part) { try FileManager.default.copyItem(atPath: path, toPath: $0) } }
  }

  /// Lets `obtain` write a temporary file, checks it, and gives it its final name.
  private func install(_ file: DataFile, obtain: (String) throws -> Void) throws {
    let (place, part) = (folder.place(of: file, dataset: name), partial(file))
    let claim = try claim(part)
    defer { withExtendedLifetime(claim) {} }
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

  /// The right to a temporary file, held by one process at a time and gone with it; its folder is made where there is none.
  private func claim(_ part: String) throws(DatasetError) -> FileHandle {
    let folder = (part as NSString).deletingLastPathComponent
    try local(folder) { try FileManager.default.createDirectory(atPath: $0, withIntermediateDirectories: true) }
    let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0, flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      throw .unwritable(part, reason: "another process is bringing files there")
    }
    return FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
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
