import Foundation
import Glibc

/// The machine that this process runs on.
package enum Machine {
  package static var cores: Int { max(1, ProcessInfo.processInfo.activeProcessorCount) }
  package static var host: String { ProcessInfo.processInfo.hostName }

  /// The processor's name, as the kernel gives it.
  package static var processor: String { field("model name") ?? "unknown" }

  /// The processor's features, e.g. `avx2`.
  package static var processorFlags: Set<String> {
    Set((field("flags") ?? "").split(separator: " ").map(String.init))
  }

  /// CPU seconds that this process has used.
  package static var processorSeconds: Double {
    let used = usage
    return seconds(used.ru_utime) + seconds(used.ru_stime)
  }

  /// Bytes that this process has had resident at most.
  package static var peakMemory: Int { usage.ru_maxrss * 1024 }

  private static var usage: rusage {
    var usage = rusage()
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    return usage
  }

  private static func seconds(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) / 1e6 }

  /// The first value of a field of /proc/cpuinfo.
  private static func field(_ name: String) -> String? {
    guard let data = FileManager.default.contents(atPath: "/proc/cpuinfo") else { return nil }
    let lines = String(decoding: data, as: UTF8.self).split(separator: "\n")
    guard let line = lines.first(where: { $0.hasPrefix(name) }), let colon = line.firstIndex(of: ":") else {
      return nil
    }
    return line[line.index(after: colon)...].trimmingCharacters(in: .whitespaces)
  }
}

extension Machine {
  /// Goes on as the same program with all pinned that numbers must not depend on, as workers have it from their parent;
  /// returns where that is so already, or cannot be.
  package static func continuePinned() {
    let environment = ProcessInfo.processInfo.environment
    let pinned = WorkerEnvironment.pinned(environment, processorFlags: processorFlags)
    guard pinned != environment else { return }
    for (key, value) in pinned { setenv(key, value, 1) }
    for key in environment.keys where pinned[key] == nil { unsetenv(key) }
    execv("/proc/self/exe", CommandLine.unsafeArgv)
  }
}
