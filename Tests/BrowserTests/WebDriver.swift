import Foundation

/// The commands of a session by the W3C's WebDriver protocol.
struct WebDriver: Sendable {
  private let server: LocalHTTP
  private let session: String

  /// A session of headless Chromium; `--no-sandbox` because tests may run as root, as in containers.
  init(port: Int) throws {
    struct Session: Decodable { let sessionId: String }
    let options = ["args": ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]]
    let capabilities: [String: Any] = [
      "alwaysMatch": ["goog:chromeOptions": options, "goog:loggingPrefs": ["browser": "ALL"]]
    ]
    server = LocalHTTP(port: port)
    let opened: Session = try Self.send("POST", "/session", ["capabilities": capabilities], to: server)
    session = "/session/" + opened.sessionId
  }

  /// A command and its answer.
  ///
  /// - Throws: `BrowserError.refused` with the browser's reason.
  func post<Value: Decodable>(_ command: String, _ body: [String: Any] = [:]) throws -> Value {
    try Self.send("POST", session + command, body, to: server)
  }

  /// A command whose answer says nothing.
  func post(_ command: String, _ body: [String: Any] = [:]) throws {
    let _: Ignored = try post(command, body)
  }

  func quit() throws {
    let _: Ignored = try Self.send("DELETE", session, [:], to: server)
  }

  /// Whatever a command answers, where nobody asks.
  struct Ignored: Decodable { init(from decoder: any Decoder) {} }

  private struct Answer<Value: Decodable>: Decodable { let value: Value }

  private static func send<Value: Decodable>(
    _ method: String, _ path: String, _ body: [String: Any], to server: LocalHTTP
  )
    throws -> Value
  {
    let answer = try server.send(method, path, JSONSerialization.data(withJSONObject: body))
    guard answer.isFine else {
      throw BrowserError.refused(command: path, answer: String(decoding: answer.body.prefix(500), as: UTF8.self))
    }
    return try JSONDecoder().decode(Answer<Value>.self, from: answer.body).value
  }
}
