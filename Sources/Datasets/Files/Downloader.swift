import Experiments

/// Fetches what lies at an address into a file.
package protocol Downloader: Sendable {
  /// What the file holds already is taken for the beginning, and only the rest is asked for.
  /// - Parameters:
  ///   - bytes: the length that the whole will have; `nil` where it is not known.
  ///   - progress: told now and then how many bytes the file has.
  /// - Throws: `DownloadError`; the file then holds what has come of it.
  func download(_ address: String, to path: String, expecting bytes: Int?, progress: (Int) -> Void) throws
}

/// Why nothing came of a download.
package enum DownloadError: Error, Equatable, CustomStringConvertible {
  case address(String)
  case status(Int)
  case connection(String)
  /// A web page came instead of a file, under this title.
  case page(String?)
  case length(sent: Int, expected: Int)
  /// The server went on elsewhere than it was asked to.
  case otherRange(String)
  case unwritable(String)

  package var description: String { sentence.inOneLine }

  private var sentence: String {
    switch self {
    case .address(let text): "'\(text)' is no address"
    case .status(let code): "the server answered with status \(code)"
    case .connection(let reason): reason
    case .page(let title):
      "the server sent a web page\(title.map { " ('\($0)')" } ?? "") instead of the file: a notice or a sign-in"
    case .length(let sent, let expected): "the server has \(sent) bytes where there should be \(expected)"
    case .otherRange(let range): "the server went on at another place than it was asked to (\(range))"
    case .unwritable(let reason): reason
    }
  }

  /// Whether the same server may have the rest.
  var isBreak: Bool {
    if case .connection = self { true } else { false }
  }
}
