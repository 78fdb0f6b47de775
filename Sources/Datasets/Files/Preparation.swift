import Foundation

/// A dataset's files on their way into the data directory.
struct Preparation {
  let dataset: String
  let files: [DataFile]
  let folder: DataFolder

  /// - Parameters:
  ///   - directory: where the official files lie; it goes before downloading.
  ///   - downloader: `nil` to download nothing.
  /// - Throws: `DatasetError`.
  func run(from directory: String?, downloader: (any Downloader)?, report: (String) -> Void) throws {
    let wanted = try files.filter { try !isThere($0) }
    if wanted.count < files.count {
      report("\(dataset): \(files.count - wanted.count) of \(files.count) files are there and right")
    }
    guard !wanted.isEmpty else { return }
    if let directory {
      try copy(wanted, from: DataFolder(path: directory), report: report)
    } else if let downloader {
      for file in wanted { try download(file, with: downloader, report: report) }
    } else {
      try refuse(wanted, report: report)
    }
    report("\(dataset): complete in \(folder.folder(of: dataset))")
  }

  /// - Throws: `DatasetError.inTheWay` if a wrong file lies where this one belongs.
  private func isThere(_ file: DataFile) throws -> Bool {
    let place = folder.place(of: file, dataset: dataset)
    guard FileManager.default.fileExists(atPath: place) else {
      return folder.candidates(for: file, dataset: dataset).contains(where: file.isRight)
    }
    do { try file.verify(place) } catch { throw DatasetError.inTheWay(place, reason: error.fault) }
    return true
  }

  private func copy(_ files: [DataFile], from source: DataFolder, report: (String) -> Void) throws {
    let absent = files.filter { source.candidates(for: $0, dataset: dataset).isEmpty }
    guard absent.isEmpty else {
      throw DatasetError.missing(dataset: dataset, files: absent.map(\.name), folder: source.path)
    }
    // All are verified before the first is copied: a wrong one leaves the data directory as it was.
    let paths = try files.map { try source.verified($0, dataset: dataset) }
    for (file, path) in zip(files, paths) {
      try install(file) { part in
        try local(part) { try FileManager.default.copyItem(atPath: path, toPath: $0) }
      }
      report("\(dataset): \(file.name) copied from \(path)")
    }
  }

  private func refuse(_ files: [DataFile], report: (String) -> Void) throws {
    for file in files {
      report("\(dataset): \(file.name) is missing; it would come from \(file.addresses.joined(separator: ", then "))")
    }
    throw DatasetError.missing(dataset: dataset, files: files.map(\.name), folder: folder.folder(of: dataset))
  }

  private func download(_ file: DataFile, with downloader: any Downloader, report: (String) -> Void) throws {
    var attempts: [String] = []
    for address in file.addresses {
      do {
        report("\(dataset): \(file.name) (\(file.bytes) bytes) from \(address)")
        return try install(file) { try downloader.download(address, to: $0) }
      } catch let error as DatasetError where error.isLocal {
        throw error
      } catch {
        let fault = (error as? DatasetError)?.fault ?? "\(error)"
        attempts.append("\(URL(string: address)?.host ?? address): \(fault)")
        report("\(dataset): \(address) failed: \(fault)")
      }
    }
    throw DatasetError.unavailable(file.name, dataset: dataset, attempts: attempts)
  }

  /// Lets `obtain` write a temporary file, checks it, and gives it its final name.
  private func install(_ file: DataFile, obtain: (String) throws -> Void) throws {
    let place = folder.place(of: file, dataset: dataset)
    let part = place + ".part"
    try local(folder.folder(of: dataset)) {
      try FileManager.default.createDirectory(atPath: $0, withIntermediateDirectories: true)
    }
    // What an earlier attempt, killed on its way, has left.
    unlink(part)
    do {
      try obtain(part)
      try file.verify(part)
      try local(place) { try FileManager.default.moveItem(atPath: part, toPath: $0) }
    } catch {
      unlink(part)
      throw error
    }
  }

  /// Calls a failure of the file system by its name: no other mirror would help.
  private func local(_ path: String, _ act: (String) throws -> Void) throws(DatasetError) {
    do { try act(path) } catch { throw .unwritable(path, reason: error.localizedDescription) }
  }
}
