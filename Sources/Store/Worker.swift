import Foundation

/// The process that a run is at work in, told from a later one with the same number by the time it was born.
struct Worker: Hashable, CustomStringConvertible {
  let host: String
  /// Of the machine's present boot.
  let boot: String
  let process: Int32
  /// In clock ticks since the boot; `nil` where no such process is.
  let born: String?

  static var current: Worker { Worker(getpid()) }

  /// The process that started this one, while it lives.
  static var parent: Worker { Worker(getppid()) }

  private init(_ process: Int32) {
    self.init(host: Worker.hostName(), boot: Worker.bootID(), process: process, born: Worker.birth(of: process))
  }

  private init(host: String, boot: String, process: Int32, born: String?) {
    (self.host, self.boot, self.process, self.born) = (host, boot, process, born)
  }

  var isOfThisMachine: Bool { host == Worker.hostName() }

  /// Whether it certainly is no more; a worker of another machine is believed to live.
  var isGone: Bool {
    guard isOfThisMachine else { return false }
    return boot != Worker.bootID() || born == nil || born != Worker.birth(of: process)
  }

  private static func hostName() -> String {
    var bytes = [CChar](repeating: 0, count: 256)
    guard gethostname(&bytes, bytes.count - 1) == 0 else { return "unknown" }
    return String(decoding: bytes.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  private static func bootID() -> String {
    let text = try? String(contentsOfFile: "/proc/sys/kernel/random/boot_id", encoding: .utf8)
    return text?.trimmingCharacters(in: .whitespacesAndNewlines) ?? "unknown"
  }

  /// Field 22 of the process's stat line; the name before it, in parentheses, may hold spaces.
  private static func birth(of process: Int32) -> String? {
    guard let line = try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8),
      let name = line.lastIndex(of: ")")
    else { return nil }
    let fields = line[line.index(after: name)...].split(separator: " ")
    // A zombie has ended; its parent only has not asked yet.
    guard fields.count > 19, fields[0] != "Z" else { return nil }
    return String(fields[19])
  }
}

extension Worker {
  /// For people: `12 on vm`.
  var place: String { "\(process) on \(host)" }

  /// `<process> on <host>, born <ticks>, boot <id>`.
  var description: String { "\(process) on \(host), born \(born ?? "never"), boot \(boot)" }

  init?(_ text: String) {
    let pattern = #/(?<process>\d+) on (?<host>.+), born (?<born>\w+), boot (?<boot>[\w-]+)/#
    guard let match = text.wholeMatch(of: pattern), let process = Int32(match.process) else { return nil }
    self.init(
      host: String(match.host), boot: String(match.boot), process: process,
      born: match.born == "never" ? nil : String(match.born))
  }
}
