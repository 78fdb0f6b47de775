import Foundation

/// What a person does with a page, in headless Chromium.
struct Browser: Sendable {
  private let driver: WebDriver
  /// Where the report lies.
  private let folder: URL

  init(driver: WebDriver, folder: URL) {
    self.driver = driver
    self.folder = folder
  }

  /// Opens a page anew, whatever was open before: a change of the fragment alone would not load it again.
  func open(_ page: String, at fragment: String = "") throws {
    try driver.post("/url", ["url": "about:blank"])
    let address = folder.appending(path: page).absoluteString + (fragment.isEmpty ? "" : "#" + fragment)
    try driver.post("/url", ["url": address])
  }

  func reload() throws { try driver.post("/refresh") }

  /// What a script returns.
  func evaluate<Value: Decodable>(_ script: String, as type: Value.Type = Value.self) throws -> Value {
    try driver.post("/execute/sync", ["script": "return " + script, "args": [String]()])
  }

  func run(_ script: String) throws {
    let _: WebDriver.Ignored = try driver.post("/execute/sync", ["script": script, "args": [String]()])
  }

  /// A click in the middle of the first element that the selector finds, refused where it cannot be seen.
  func click(_ selector: String) throws {
    let element: [String: String] = try driver.post("/element", ["using": "css selector", "value": selector])
    for id in element.values { try driver.post("/element/\(id)/click") }
    try settle()
  }

  /// Waits until the page has dealt with what happened so far, events that it was only promised among it.
  private func settle() throws {
    let script = "requestAnimationFrame(() => setTimeout(arguments[0]))"
    try driver.post("/execute/async", ["script": script, "args": [String]()])
  }

  func press(_ key: Key) throws {
    let strokes = ["keyDown", "keyUp"].map { ["type": $0, "value": key.rawValue] }
    try driver.post("/actions", ["actions": [["type": "key", "id": "keyboard", "actions": strokes]]])
    try settle()
  }

  /// The code points that WebDriver gives to keys without a sign.
  enum Key: String {
    case arrowLeft = "\u{E012}"
    case arrowRight = "\u{E014}"
    case enter = "\u{E007}"
    case escape = "\u{E00C}"
    case space = " "
    case tab = "\u{E004}"
  }

  /// Errors and warnings that the console was given since this was last asked.
  func complaints() throws -> [String] {
    struct Entry: Decodable {
      let level: String
      let message: String
    }
    let entries: [Entry] = try driver.post("/se/log", ["type": "browser"])
    return entries.map { "\($0.level): \($0.message)" }
  }

  func quit() throws { try driver.quit() }
}

extension Browser {
  /// A command of the Chrome DevTools Protocol.
  func devtools<Value: Decodable>(_ command: String, _ parameters: [String: Any] = [:]) throws -> Value {
    try driver.post("/goog/cdp/execute", ["cmd": command, "params": parameters])
  }

  private func emulate(_ command: String, _ parameters: [String: Any]) throws {
    let _: WebDriver.Ignored = try devtools("Emulation." + command, parameters)
  }

  func resize(width: Int, height: Int = 800) throws {
    try emulate(
      "setDeviceMetricsOverride", ["width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600])
  }

  /// What the reader's system prefers, and whether the page is shown as on paper.
  func show(_ theme: Theme, onPaper: Bool = false) throws {
    try emulate(
      "setEmulatedMedia",
      [
        "media": onPaper ? "print" : "", "features": [["name": "prefers-color-scheme", "value": theme.rawValue]],
      ])
  }

  enum Theme: String, CaseIterable, Sendable { case light, dark }

  func allowScripts(_ isAllowed: Bool) throws {
    try emulate("setScriptExecutionDisabled", ["value": !isAllowed])
  }
}
