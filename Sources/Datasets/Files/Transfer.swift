import Foundation
import Synchronization

#if canImport(FoundationNetworking)
  import FoundationNetworking
#endif

/// One answer of a server on its way into a file.
final class Transfer: NSObject, URLSessionDataDelegate, Sendable {
  private struct State {
    let file: FileHandle
    var count: Int
    /// How many bytes the file will have, as the server says.
    var announced: Int?
    /// The beginning of what looks like a web page, which never goes into the file.
    var page: [UInt8]?
    var error: DownloadError?
  }

  private let state: Mutex<State>
  private let ended = DispatchSemaphore(value: 0)
  private let expected: Int?

  /// - Throws: `DownloadError.unwritable`.
  init(to path: String, expecting bytes: Int?) throws {
    let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw DownloadError.unwritable(String(cString: strerror(errno))) }
    let file = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
    state = Mutex(State(file: file, count: Int(try file.seekToEnd())))
    expected = bytes
  }

  /// The bytes of the file.
  var count: Int { state.withLock { $0.count } }

  /// Why it did not come to its end.
  var error: DownloadError? { state.withLock { $0.error } }

  func hasEnded(within time: DispatchTimeInterval) -> Bool { ended.wait(timeout: .now() + time) == .success }

  func urlSession(
    _ session: URLSession, dataTask: URLSessionDataTask, didReceive response: URLResponse,
    completionHandler: @escaping (URLSession.ResponseDisposition) -> Void
  ) {
    let error = state.withLock { state in
      state.error = begin(response, in: &state)
      return state.error
    }
    completionHandler(error == nil ? .allow : .cancel)
  }

  func urlSession(_ session: URLSession, dataTask: URLSessionDataTask, didReceive data: Data) {
    let isWrong = state.withLock { state in
      if state.error == nil { state.error = take(data, in: &state) }
      return state.error != nil
    }
    if isWrong { dataTask.cancel() }
  }

  func urlSession(_ session: URLSession, task: URLSessionTask, didCompleteWithError error: (any Error)?) {
    state.withLock { state in
      if state.error == nil { state.error = end(error, in: &state) }
    }
    ended.signal()
  }

  /// What is wrong with how an answer begins.
  private func begin(_ response: URLResponse, in state: inout State) -> DownloadError? {
    guard let answer = response as? HTTPURLResponse else { return nil }
    switch answer.statusCode {
    case 200:
      // From the start, whatever was asked for.
      do { try state.file.truncate(atOffset: 0) } catch { return .unwritable(error.localizedDescription) }
      state.count = 0
    case 206:
      let range = answer.value(forHTTPHeaderField: "Content-Range") ?? "unnamed"
      guard range.hasPrefix("bytes \(state.count)-") else { return .otherRange(range) }
    default: return .status(answer.statusCode)
    }
    if answer.value(forHTTPHeaderField: "Content-Type")?.lowercased().hasPrefix("text/html") == true { state.page = [] }
    guard answer.expectedContentLength >= 0, state.page == nil else { return nil }
    state.announced = state.count + Int(answer.expectedContentLength)
    return nil
  }

  /// Whether the server has another file, told only once it is no web page.
  private func mismatch(_ state: State) -> DownloadError? {
    guard let expected, let announced = state.announced, announced != expected else { return nil }
    return .length(sent: announced, expected: expected)
  }

  /// What is wrong with the next bytes of an answer, or with writing them.
  private func take(_ data: Data, in state: inout State) -> DownloadError? {
    if state.count == 0, state.page == nil, WebPage.begins(data) { state.page = [] }
    if state.page != nil {
      state.page?.append(contentsOf: data)
      return (state.page?.count ?? 0) < WebPage.enough ? nil : .page(WebPage.title(state.page ?? []))
    }
    if let mismatch = mismatch(state) { return mismatch }
    if let expected, state.count + data.count > expected {
      return .length(sent: state.count + data.count, expected: expected)
    }
    do { try state.file.write(contentsOf: data) } catch { return .unwritable(error.localizedDescription) }
    state.count += data.count
    return nil
  }

  /// What is wrong with how an answer ended.
  private func end(_ error: (any Error)?, in state: inout State) -> DownloadError? {
    if let page = state.page { return .page(WebPage.title(page)) }
    if let mismatch = mismatch(state) { return mismatch }
    if let error { return .connection(error.localizedDescription) }
    if let announced = state.announced ?? expected, state.count < announced {
      return .connection("the connection broke off after \(state.count) of \(announced) bytes")
    }
    return nil
  }
}

/// What servers send in place of a file.
enum WebPage {
  /// Bytes within which a title is looked for.
  static let enough = 65_536

  /// Whether bytes are the beginning of a web page.
  static func begins(_ data: Data) -> Bool {
    let text = String(decoding: data.prefix(64), as: UTF8.self).lowercased()
      .trimmingCharacters(in: .whitespacesAndNewlines)
    return text.hasPrefix("<!doctype html") || text.hasPrefix("<html")
  }

  /// What it calls itself.
  static func title(_ bytes: [UInt8]) -> String? {
    let text = String(decoding: bytes, as: UTF8.self)
    guard let open = text.range(of: "<title>", options: .caseInsensitive),
      let close = text.range(of: "</title>", options: .caseInsensitive, range: open.upperBound..<text.endIndex)
    else { return nil }
    let words = text[open.upperBound..<close.lowerBound].split(whereSeparator: \.isWhitespace)
    return words.isEmpty ? nil : String(words.joined(separator: " ").prefix(80))
  }
}
