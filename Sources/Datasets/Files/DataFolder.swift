import Foundation

/// The data directory: a dataset's files lie in a folder of its name there, or in the directory itself.
package struct DataFolder: Sendable, Hashable {
  package let path: String

  package init(path: String) { self.path = path }

  /// Where a dataset's file belongs: `<directory>/<dataset>/<name>`.
  package func place(of file: DataFile, dataset: String) -> String {
    (folder(of: dataset) as NSString).appendingPathComponent(file.name)
  }

  package func folder(of dataset: String) -> String { (path as NSString).appendingPathComponent(dataset) }

  /// The paths under which the file is there, best first, right or wrong.
  func candidates(for file: DataFile, dataset: String) -> [String] {
    [place(of: file, dataset: dataset), (path as NSString).appendingPathComponent(file.name)]
      .filter { FileManager.default.fileExists(atPath: $0) }
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
}
