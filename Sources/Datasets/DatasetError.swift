import Experiments

/// What can be wrong with data.
package enum DatasetError: Error, Equatable, CustomStringConvertible {
  case unknown(String, known: [String])
  case missing(dataset: String, files: [String], folder: String)
  case wrongLength(String, bytes: Int, expected: Int)
  case foreign(String, sha256: String, expected: String)
  case inTheWay(String, reason: String)
  case unreadable(String, reason: String)
  case unwritable(String, reason: String)
  case malformed(String, reason: String)
  case tooFew(dataset: String, items: String, there: Int, asked: Int)
  case unavailable(String, dataset: String, attempts: [String])
  case byHand(String, dataset: String, source: String)
  case unfit(String, dataset: String, fitting: [String])

  package var description: String { sentence.inOneLine }

  private var sentence: String {
    switch self {
    case .unknown(let name, let known):
      "no dataset is named '\(name)'; there are: \(known.joined(separator: ", "))"
    case .missing(let dataset, let files, let folder):
      "\(dataset): \(files.joined(separator: ", ")) \(files.count == 1 ? "is" : "are") not in \(folder); "
        + (DatasetCatalog.downloads(dataset) ? "run 'assay prepare \(dataset)' to download, or " : "run ")
        + "'assay prepare \(dataset) --from DIR' with DIR holding the official files"
    case .wrongLength(let path, let bytes, let expected):
      "\(path) has \(bytes) bytes where the official file has \(expected), so it is "
        + "\(bytes < expected ? "truncated" : "another file"); move it away and prepare the dataset again"
    case .foreign(let path, let sha256, let expected):
      "\(path) is not the official file (SHA-256 \(sha256.prefix(12))…, expected \(expected.prefix(12))…); "
        + "move it away and prepare the dataset again"
    case .inTheWay(let path, let reason):
      "\(path) is already there but wrong (\(reason)); move it away, it is not overwritten, and prepare again"
    case .unreadable(let path, let reason):
      "\(path) cannot be read (\(reason)); check that it is a file and its permissions"
    case .unwritable(let path, let reason):
      "\(path) cannot be written (\(reason)); check permissions and space, or name another directory with --data"
    case .malformed(let path, let reason):
      "\(path) \(reason); move it away and prepare the dataset again"
    case .tooFew(let dataset, let items, let there, let asked):
      "\(dataset) has \(there) \(items) items, \(asked) were asked for; "
        + "set dataset.\(items)Limit to a number from 1 to \(there), or to 0 for all"
    case .unavailable(let file, let dataset, let attempts):
      "\(file) could not be downloaded (\(attempts.joined(separator: "; "))); "
        + "get the official file by other means and run 'assay prepare \(dataset) --from DIR'"
    case .byHand(let file, let dataset, let source):
      "\(file) is not given to programs; get it by hand (\(source)) and run 'assay prepare \(dataset) --from DIR'"
    case .unfit(let step, let dataset, let fitting):
      "'\(step)' is no preprocessing of \(dataset); "
        + (fitting.count == 1
          ? "set dataset.preprocessing to '\(fitting[0])', the only one"
          : "there are: \(fitting.joined(separator: ", "))")
    }
  }
}

extension DatasetError {
  /// What is wrong with a file, without the file's name and the remedy: for files that are no dataset's.
  package var fault: String {
    switch self {
    case .wrongLength(_, let bytes, let expected): "\(bytes) bytes where there should be \(expected)"
    case .foreign(_, let sha256, let expected):
      "SHA-256 \(sha256.prefix(12))… where it should be \(expected.prefix(12))…"
    case .unreadable(_, let reason), .unwritable(_, let reason), .malformed(_, let reason): reason
    default: description
    }
  }

  /// Whether the fault is this machine's, so that another mirror would not help.
  var isLocal: Bool {
    if case .unwritable = self { true } else { false }
  }
}
