import Foundation

/// A dataset's files on their way into the data directory.
struct Preparation {
  let dataset: String
  /// Where a person gets the files that programs do not.
  let source: String
  let forms: [DataForm]
  let folder: DataFolder

  private var delivery: Delivery { Delivery(name: dataset, source: source, folder: folder) }

  /// - Parameters:
  ///   - directory: where the official files lie; it goes before downloading.
  ///   - downloader: `nil` to download nothing.
  /// - Throws: `DatasetError`.
  func run(from directory: String?, downloader: (any Downloader)?, report: (String) -> Void) throws {
    let other = directory.map(DataFolder.init)
    let form = try form(in: [folder] + (other.map { [$0] } ?? []))
    let there = try form.files.filter(isThere)
    if !there.isEmpty { report("\(dataset): \(there.count) of \(form.files.count) files are there and right") }
    let wanted = form.files.filter { !there.contains($0) && isWanted($0, of: form, from: other) }
    guard !wanted.isEmpty else { return }
    if let other {
      try copy(wanted, from: other, report: report)
    } else if let downloader {
      for file in wanted { try delivery.download(file, with: downloader, report: report) }
    } else {
      try refuse(wanted, report: report)
    }
    let isWhole = there.count + wanted.count == form.files.count
    report("\(dataset): \(isWhole ? "complete" : "in place") in \(folder.folder(of: dataset))")
  }

  /// The form that lies in these folders together, or else the one that is downloaded.
  private func form(in folders: [DataFolder]) throws -> DataForm {
    guard let form = forms.first(where: { $0.isThere(in: folders, dataset: dataset) }) ?? forms.first else {
      throw DatasetError.missing(dataset: dataset, files: [], folder: folder.path)
    }
    return form
  }

  /// What may be missing is taken along from a directory, but neither asked for nor downloaded.
  private func isWanted(_ file: DataFile, of form: DataForm, from other: DataFolder?) -> Bool {
    !form.optional.contains(file.name) || other.map { !$0.candidates(for: file, dataset: dataset).isEmpty } ?? false
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
      try delivery.copy(file, from: path)
      report("\(dataset): \(file.name) copied from \(path)")
    }
  }

  private func refuse(_ files: [DataFile], report: (String) -> Void) throws {
    for file in files {
      let origin = file.mirrors.isEmpty ? source : file.addresses.joined(separator: ", then ")
      report("\(dataset): \(file.name) is missing; it would come from \(origin)")
    }
    throw DatasetError.missing(dataset: dataset, files: files.map(\.name), folder: folder.folder(of: dataset))
  }
}
