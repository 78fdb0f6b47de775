import Foundation
import Glibc
import Synchronization

/// An HTTP server on loopback that answers each connection as the next of its behaviours says, then closes it.
final class MisbehavingServer: Sendable {
  enum Behaviour: Sendable {
    /// What was asked for: all of the file, or the rest of it.
    case serve
    /// All of the file, whatever was asked for.
    case ignoreRange
    /// So many bytes of what was announced, and then nothing more.
    case breakOff(after: Int)
    /// So many bytes of what was announced, and then silence until the client goes.
    case fallSilent(after: Int)
    /// A length that is not the file's.
    case announce(Int)
    case page(type: String, String)
    case status(Int)
    /// Some other part of the file than was asked for.
    case otherRange
    /// To another path of this server.
    case redirect(String)
  }

  private struct State {
    var behaviours: [Behaviour]
    var requests: [String] = []
  }

  private let state: Mutex<State>
  private let listener: Int32
  private let file: [UInt8]
  let port: UInt16

  init(_ file: [UInt8], _ behaviours: [Behaviour]) throws {
    self.file = file
    state = Mutex(State(behaviours: behaviours))
    let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    self.listener = listener
    var address = sockaddr_in()
    (address.sin_family, address.sin_addr.s_addr) = (sa_family_t(AF_INET), UInt32(0x7f00_0001).bigEndian)
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let isBound = withUnsafeMutablePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { place in
        bind(listener, place, size) == 0 && listen(listener, 8) == 0 && getsockname(listener, place, &size) == 0
      }
    }
    guard isBound else { throw CocoaError(.fileReadUnknown) }
    port = UInt16(bigEndian: address.sin_port)
    Thread { [weak self] in
      while case let connection = accept(listener, nil, nil), connection >= 0 {
        self?.answer(connection)
        close(connection)
      }
    }.start()
  }

  deinit {
    shutdown(listener, Int32(SHUT_RDWR))
    close(listener)
  }

  /// The requests' heads so far.
  var requests: [String] { state.withLock { $0.requests } }

  /// The ranges asked for so far; empty where all was.
  var ranges: [String] {
    requests.map { head in
      head.split(separator: "\r\n").first { $0.lowercased().hasPrefix("range: ") }.map { String($0.dropFirst(7)) } ?? ""
    }
  }

  private func answer(_ connection: Int32) {
    var bytes = [UInt8](repeating: 0, count: 8192)
    let count = recv(connection, &bytes, bytes.count, 0)
    guard count > 0 else { return }
    let head = String(decoding: bytes[..<count], as: UTF8.self)
    let behaviour = state.withLock { state in
      state.requests.append(head)
      return state.behaviours.isEmpty ? Behaviour.status(503) : state.behaviours.removeFirst()
    }
    let start = ranges.last.flatMap { Int($0.dropFirst("bytes=".count).dropLast()) }
    perform(behaviour, from: start, on: connection)
  }

  private func perform(_ behaviour: Behaviour, from start: Int?, on connection: Int32) {
    let rest = Array(file.dropFirst(start ?? 0))
    let begin =
      start.map { "206 Partial Content\r\nContent-Range: bytes \($0)-\(file.count - 1)/\(file.count)" } ?? "200 OK"
    switch behaviour {
    case .serve: send(begin, rest.count, rest, on: connection)
    case .ignoreRange: send("200 OK", file.count, file, on: connection)
    case .breakOff(let count): send(begin, rest.count, Array(rest.prefix(count)), on: connection)
    case .fallSilent(let count):
      send(begin, rest.count, Array(rest.prefix(count)), on: connection)
      var byte: UInt8 = 0
      // Until the client goes.
      while recv(connection, &byte, 1, 0) > 0 {}
    case .announce(let length): send("200 OK", length, file, on: connection)
    case .page(let type, let text):
      send("200 OK\r\nContent-Type: \(type)", text.utf8.count, Array(text.utf8), on: connection)
    case .status(let code): send("\(code) No", 0, [], on: connection)
    case .otherRange:
      send("206 Partial Content\r\nContent-Range: bytes 0-1/\(file.count)", 2, Array(file.prefix(2)), on: connection)
    case .redirect(let path): send("302 Found\r\nLocation: http://127.0.0.1:\(port)\(path)", 0, [], on: connection)
    }
  }

  private func send(_ begin: String, _ length: Int, _ body: [UInt8], on connection: Int32) {
    let head = "HTTP/1.1 \(begin)\r\nContent-Length: \(length)\r\nConnection: close\r\n\r\n"
    var rest = Array(head.utf8) + body
    while !rest.isEmpty {
      let sent = Glibc.send(connection, rest, rest.count, Int32(MSG_NOSIGNAL))
      guard sent > 0 else { return }
      rest.removeFirst(sent)
    }
  }
}
