import Foundation

/// The data directory: a dataset's files lie in a folder of its name there, or in the directory itself, in both cases with
/// the folder of the official archive or without it.
package struct DataFolder: Sendable, Hashable {
  package let path: String

  package init(path: String) { self.path = path }

  /// Where a dataset's file belongs: `<directory>/<dataset>/<folder of the archive>/<name>`.
  package func place(of file: DataFile, dataset: String) -> String { places(of: file, dataset: dataset)[0] }

  package func folder(of dataset: String) -> String { (path as NSString).appendingPathComponent(dataset) }

  /// The paths under which something of the file's name is there, best first, right or wrong.
  func candidates(for file: DataFile, dataset: String) -> [String] {
    places(of: file, dataset: dataset).filter { FileManager.default.fileExists(atPath: $0) }
  }

  private func places(of file: DataFile, dataset: String) -> [String] {
    [folder(of: dataset), path].flatMap { base in
      (file.folder.map { [$0 + "/" + file.name] } ?? []).map { (base as NSString).appendingPathComponent($0) }
        + [(base as NSString).appendingPathComponent(file.name)]
    }
  }

  /// The path of a file that is there and right.
  /// - Throws: `DatasetError.missing` if there is none, or what is wrong with the first one found.
  package func verified(_ file: DataFile, dataset: String) throws(DatasetError) -> String {
    let found = candidates(for: file, dataset: dataset)
    if let right = found.first(where: file.isRight) { return right }
    guard let wrong = found.first else {
      throw .missing(dataset: dataset, files: [file.name], folder: folder(of: dataset))
    }
    try file.verify(wrong)
    return wrong
  }

  /// Opens the first form that is there, all files in it verified.
  /// - Throws: `DatasetError`: what is wrong with a file, else all that are missing.
  func pictures(_ forms: [DataForm], dataset: String) throws -> Pictures {
    func lies(_ file: DataFile) -> Bool { !candidates(for: file, dataset: dataset).isEmpty }
    guard
      let form = forms.first(where: { $0.isThere(in: [self], dataset: dataset) })
        ?? forms.first(where: { $0.files.contains(where: lies) }) ?? forms.first
    else { throw DatasetError.missing(dataset: dataset, files: [], folder: folder(of: dataset)) }
    var paths: [String: String] = [:]
    for file in form.files where lies(file) { paths[file.name] = try verified(file, dataset: dataset) }
    let absent = form.required.filter { paths[$0.name] == nil }
    guard absent.isEmpty else {
      throw DatasetError.missing(dataset: dataset, files: absent.map(\.name), folder: folder(of: dataset))
    }
    return try form.open(paths)
  }

  /// What lies where files of these forms could, by path from the directory: a change in it is seen without reading files.
  func stamps(_ forms: [DataForm], dataset: String) -> [FileStamp] {
    let paths = forms.flatMap(\.files).flatMap { candidates(for: $0, dataset: dataset) }
    return Set(paths).sorted().compactMap { FileStamp($0, name: String($0.dropFirst(path.count).drop { $0 == "/" })) }
  }
}

/// The length and time of a file, or the time of a folder, which changes when files in it come or go.
struct FileStamp: Codable, Equatable {
  let name: String
  let bytes: Int
  /// Nanoseconds since 1970.
  let modified: Int

  init?(_ path: String, name: String) {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    self.name = name
    bytes = status.st_mode & S_IFMT == S_IFDIR ? 0 : Int(status.st_size)
    modified = status.st_mtim.tv_sec * 1_000_000_000 + status.st_mtim.tv_nsec
  }
}
