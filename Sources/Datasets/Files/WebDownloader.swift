import Foundation

#if canImport(FoundationNetworking)
  import FoundationNetworking
#endif

/// Downloads over HTTP, and waits until it is done.
package struct WebDownloader: Downloader {
  /// Seconds that a server may be silent.
  private let patience: Double

  package init(patience: Double = 30) { self.patience = patience }

  package func download(
    _ address: String, to path: String, expecting bytes: Int?, progress: (Int) -> Void
  ) throws {
    guard let url = URL(string: address), url.scheme != nil else { throw DownloadError.address(address) }
    let transfer = try Transfer(to: path, expecting: bytes)
    let session = URLSession(configuration: configuration, delegate: transfer, delegateQueue: nil)
    defer { session.finishTasksAndInvalidate() }
    session.dataTask(with: request(url, from: transfer.count)).resume()
    while !transfer.hasEnded(within: .milliseconds(500)) { progress(transfer.count) }
    if let error = transfer.error { throw error }
  }

  private func request(_ url: URL, from start: Int) -> URLRequest {
    var request = URLRequest(url: url)
    // A range of a packed answer would be none of the file's.
    request.setValue("identity", forHTTPHeaderField: "Accept-Encoding")
    if start > 0 { request.setValue("bytes=\(start)-", forHTTPHeaderField: "Range") }
    return request
  }

  /// Without a cache on disk; a file may take an hour.
  private var configuration: URLSessionConfiguration {
    let configuration = URLSessionConfiguration.ephemeral
    configuration.timeoutIntervalForRequest = patience
    configuration.timeoutIntervalForResource = 3600
    return configuration
  }
}
