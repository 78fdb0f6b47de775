import Experiments

extension DatasetCatalog {
  /// Makes sure that a dataset's official files are in the data directory, byte for byte right, and converts them.
  ///
  /// Files that are there and right are kept. The others come from `directory` (there, or in a folder of the dataset's
  /// name), or, without one, from their mirrors. Each arrives under a temporary name and takes its final name when its
  /// SHA-256 is right. Nothing that is already there is ever overwritten or deleted.
  /// - Parameters:
  ///   - directory: a directory with the official files, instead of the mirrors.
  ///   - offline: nothing is downloaded; what is missing, and where it would come from, is reported.
  ///   - report: receives one line for each thing done, and each remark on what is there.
  /// - Throws: `DatasetError`; `missing` as well when offline.
  package static func prepare(
    _ name: String, from directory: String?, offline: Bool, into folder: DataFolder,
    downloader: any Downloader = WebDownloader(), report: (String) -> Void
  ) throws {
    let recipe = try recipe(name)
    guard case .files(let forms, let steps) = recipe.origin else {
      return report("\(name): the program makes it itself, there is nothing to prepare")
    }
    let preparation = Preparation(
      dataset: name, source: type(of: recipe).card.source, forms: forms, folder: folder)
    try preparation.run(from: directory, downloader: offline ? nil : downloader, report: report)
    try convert(try library(of: recipe, forms, steps, steps[0], in: folder), steps: steps, report: report)
  }

  private static func convert(_ library: ItemLibrary, steps: [String], report: (String) -> Void) throws {
    let (name, step) = (library.dataset, library.step)
    let wasThere = try library.current() != nil
    let contents = try library.obtain().contents
    for remark in contents.remarks { report("\(name): \(remark)") }
    report(
      "\(name): \(Numerals.count(contents.trainCount)) training and \(Numerals.count(contents.testCount)) test items "
        + (wasThere ? "are converted" : "converted") + " (\(step.name): \(step.title)) in \(library.path)")
    guard steps.count > 1 else { return }
    report("\(name): made on first use: \(steps.dropFirst().joined(separator: ", "))")
  }
}
