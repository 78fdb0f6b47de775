import Foundation

extension DatasetCatalog {
  /// Makes sure that a dataset's official files are in the data directory, byte for byte right.
  ///
  /// Files that are there and right are kept. The others come from `directory` (there, or in a folder of the dataset's
  /// name), or, without one, from their mirrors. Each arrives under a temporary name and takes its final name when its
  /// SHA-256 is right. Nothing that is already there is ever overwritten or deleted.
  /// - Parameters:
  ///   - directory: a directory with the official files, instead of the mirrors.
  ///   - offline: nothing is downloaded; what is missing, and where it would come from, is reported.
  ///   - report: receives one line for each thing done.
  /// - Throws: `DatasetError`; `missing` as well when offline.
  package static func prepare(
    _ name: String, from directory: String?, offline: Bool, into folder: DataFolder,
    downloader: any Downloader = WebDownloader(), report: (String) -> Void
  ) throws {
    let files = try recipe(name).files
    guard !files.isEmpty else { return report("\(name): the program makes it itself, there is nothing to prepare") }
    let wanted = try files.filter { try !isThere($0, of: name, in: folder) }
    if wanted.count < files.count { report("\(name): \(files.count - wanted.count) of \(files.count) files are right") }
    guard !wanted.isEmpty else { return }
    if let directory {
      try copy(wanted, of: name, from: DataFolder(path: directory), into: folder, report: report)
    } else if offline {
      try refuse(wanted, of: name, in: folder, report: report)
    } else {
      for file in wanted { try download(file, of: name, into: folder, with: downloader, report: report) }
    }
  }

  /// - Throws: `DatasetError.inTheWay` if a wrong file lies where this one belongs.
  private static func isThere(_ file: DataFile, of dataset: String, in folder: DataFolder) throws -> Bool {
    let place = folder.place(of: file, dataset: dataset)
    guard FileManager.default.fileExists(atPath: place) else {
      return folder.candidates(for: file, dataset: dataset).contains(where: file.isRight)
    }
    do { try file.verify(place) } catch { throw DatasetError.inTheWay(place, reason: error.fault) }
    return true
  }

  private static func copy(
    _ files: [DataFile], of dataset: String, from source: DataFolder, into folder: DataFolder,
    report: (String) -> Void
  ) throws {
    let absent = files.filter { source.candidates(for: $0, dataset: dataset).isEmpty }
    guard absent.isEmpty else {
      throw DatasetError.missing(dataset: dataset, files: absent.map(\.name), folder: source.path)
    }
    // All are verified before the first is copied: a wrong one leaves the data directory as it was.
    let paths = try files.map { try source.verified($0, dataset: dataset) }
    for (file, path) in zip(files, paths) {
      try install(file, of: dataset, into: folder) { part in
        do { try FileManager.default.copyItem(atPath: path, toPath: part) } catch {
          throw DatasetError.unwritable(part, reason: error.localizedDescription)
        }
      }
      report("\(dataset): \(file.name) copied from \(path)")
    }
  }

  private static func refuse(
    _ files: [DataFile], of dataset: String, in folder: DataFolder, report: (String) -> Void
  ) throws {
    for file in files {
      report("\(dataset): \(file.name) is missing; it would come from \(file.addresses.joined(separator: ", then "))")
    }
    throw DatasetError.missing(dataset: dataset, files: files.map(\.name), folder: folder.folder(of: dataset))
  }

  private static func download(
    _ file: DataFile, of dataset: String, into folder: DataFolder, with downloader: any Downloader,
    report: (String) -> Void
  ) throws {
    var attempts: [String] = []
    for address in file.addresses {
      do {
        report("\(dataset): \(file.name) (\(file.bytes) bytes) from \(address)")
        return try install(file, of: dataset, into: folder) { try downloader.download(address, to: $0) }
      } catch let error as DatasetError where error.isLocal {
        throw error
      } catch {
        let fault = (error as? DatasetError)?.fault ?? "\(error)"
        attempts.append("\(address): \(fault)")
        report("\(dataset): \(address) failed: \(fault)")
      }
    }
    throw DatasetError.unavailable(file.name, dataset: dataset, attempts: attempts)
  }

  /// Lets `obtain` write a temporary file, checks it, and gives it its final name.
  private static func install(
    _ file: DataFile, of dataset: String, into folder: DataFolder, obtain: (String) throws -> Void
  ) throws {
    let place = folder.place(of: file, dataset: dataset)
    let part = place + ".part"
    do {
      try FileManager.default.createDirectory(
        atPath: folder.folder(of: dataset), withIntermediateDirectories: true)
      if FileManager.default.fileExists(atPath: part) { try FileManager.default.removeItem(atPath: part) }
    } catch {
      throw DatasetError.unwritable(folder.folder(of: dataset), reason: error.localizedDescription)
    }
    do {
      try obtain(part)
      try file.verify(part)
      try FileManager.default.moveItem(atPath: part, toPath: place)
    } catch {
      unlink(part)
      throw error
    }
  }
}
