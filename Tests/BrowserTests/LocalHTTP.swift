import Foundation
import Glibc

/// Requests to a server on this machine, one connection each. (Foundation's client refuses chromedriver's headers.)
struct LocalHTTP: Sendable {
  let port: Int

  /// The body of the answer, and whether its status is 200.
  ///
  /// - Throws: `POSIXError` where the connection fails.
  func send(_ method: String, _ path: String, _ body: Data) throws -> (body: Data, isFine: Bool) {
    let connection = try Connection(port: port)
    let head =
      "\(method) \(path) HTTP/1.1\r\nHost: 127.0.0.1:\(port)\r\nConnection: close\r\nContent-Type: application/json\r\n"
      + "Content-Length: \(body.count)\r\n\r\n"
    try connection.write(Data(head.utf8) + body)
    var answer = Data()
    while !Self.isWhole(answer) {
      let piece = try connection.read()
      guard !piece.isEmpty else { break }
      answer += piece
    }
    return (Self.body(of: answer), answer.starts(with: Data("HTTP/1.1 200".utf8)))
  }

  private static let gap = Data("\r\n\r\n".utf8)

  private static func body(of answer: Data) -> Data {
    answer.range(of: gap).map { answer[$0.upperBound...] } ?? Data()
  }

  private static func isWhole(_ answer: Data) -> Bool {
    guard let end = answer.range(of: gap) else { return false }
    let head = String(decoding: answer[..<end.lowerBound], as: UTF8.self)
    guard let match = head.firstMatch(of: /(?i)content-length: *(\d+)/), let length = Int(match.1) else { return false }
    return answer.count - answer.distance(from: answer.startIndex, to: end.upperBound) >= length
  }
}

/// A TCP connection to this machine; closed with this value.
private final class Connection {
  private let socket: Int32

  init(port: Int) throws {
    socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    guard socket >= 0 else { throw Self.error }
    // An answer that does not come within a minute is none.
    var patience = timeval(tv_sec: 60, tv_usec: 0)
    setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = in_port_t(port).bigEndian
    address.sin_addr.s_addr = in_addr_t(INADDR_LOOPBACK).bigEndian
    let status = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(socket, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    guard status == 0 else { throw Self.error }
  }

  deinit { close(socket) }

  func write(_ data: Data) throws {
    var rest = data
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { send(socket, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
      guard count > 0 else { throw Self.error }
      rest = rest.dropFirst(count)
    }
  }

  /// Some bytes; none at the end.
  func read() throws -> Data {
    var bytes = [UInt8](repeating: 0, count: 65_536)
    let count = recv(socket, &bytes, bytes.count, 0)
    guard count >= 0 else { throw Self.error }
    return Data(bytes.prefix(count))
  }

  private static var error: POSIXError { POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }
}
