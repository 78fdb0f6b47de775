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
    let preparation = Preparation(dataset: name, files: files, folder: folder)
    try preparation.run(from: directory, downloader: offline ? nil : downloader, report: report)
  }
}
