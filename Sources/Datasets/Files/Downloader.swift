import Foundation
import Synchronization

#if canImport(FoundationNetworking)
  import FoundationNetworking
#endif

/// Fetches what lies at an address into a file.
package protocol Downloader: Sendable {
  /// - Throws: `DownloadError`; a file may have been begun.
  func download(_ address: String, to path: String) throws
}

/// Why nothing came of a download.
package enum DownloadError: Error, Equatable, CustomStringConvertible {
  case address(String)
  case status(Int)
  case connection(String)

  package var description: String {
    switch self {
    case .address(let text): "'\(text)' is no address"
    case .status(let code): "the server answered with status \(code)"
    case .connection(let reason): reason
    }
  }
}

/// Downloads over HTTP, and waits until it is done.
package struct WebDownloader: Downloader {
  package init() {}

  package func download(_ address: String, to path: String) throws {
    guard let url = URL(string: address) else { throw DownloadError.address(address) }
    let (outcome, done) = (Outcome(), DispatchSemaphore(value: 0))
    let session = URLSession(configuration: .patient)
    defer { session.finishTasksAndInvalidate() }
    let task = session.downloadTask(with: url) { file, response, error in
      // The file is gone when this closure returns.
      outcome.result.withLock { $0 = Result { try Self.keep(file, response, error, at: path) } }
      done.signal()
    }
    task.resume()
    done.wait()
    try outcome.result.withLock { $0 }.get()
  }

  private static func keep(_ file: URL?, _ response: URLResponse?, _ error: (any Error)?, at path: String) throws {
    if let error { throw DownloadError.connection(error.localizedDescription) }
    if let status = (response as? HTTPURLResponse)?.statusCode, status != 200 { throw DownloadError.status(status) }
    guard let file else { throw DownloadError.connection("the server sent nothing") }
    try FileManager.default.moveItem(at: file, to: URL(fileURLWithPath: path))
  }

  private final class Outcome: Sendable {
    let result = Mutex<Result<Void, any Error>>(.failure(DownloadError.connection("the transfer did not end")))
  }
}

extension URLSessionConfiguration {
  /// Without a cache on disk; a server may be silent for half a minute, a file may take an hour.
  fileprivate static var patient: URLSessionConfiguration {
    let configuration = URLSessionConfiguration.ephemeral
    configuration.timeoutIntervalForRequest = 30
    configuration.timeoutIntervalForResource = 3600
    return configuration
  }
}
