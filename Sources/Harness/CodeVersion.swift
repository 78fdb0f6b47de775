import Foundation
import Glibc

/// The version of the code.
package enum CodeVersion {
  /// The commit of the repository that holds `folder`, with `+` where it does not say what `program` is: files of it are
  /// changed, or sources are newer than the program, which was then built before they came; "unknown" where there is no
  /// repository.
  package static func of(repositoryWith folder: String, program: String = Places.here.executable) -> String {
    guard let commit = git(["rev-parse", "HEAD"], in: folder), !commit.isEmpty else { return "unknown" }
    let changes = git(["status", "--porcelain", "--untracked-files=no"], in: folder) ?? ""
    return changes.isEmpty && !hasSources(of: folder, newerThan: program) ? commit : commit + "+"
  }

  /// That of the program that runs here, as its runs have it, with its file where a commit does not say all.
  package static var ofThisProgram: String {
    let folder = try? Places.here.baselines(nil)
    return exactly(folder.map { of(repositoryWith: $0) } ?? "unknown")
  }

  /// The version, and with changes that have no version when this program was built, too.
  static func exactly(_ version: String) -> String {
    guard version == "unknown" || version.hasSuffix("+") else { return version }
    var status = stat()
    guard stat("/proc/self/exe", &status) == 0 else { return version }
    return "\(version) of \(status.st_size) bytes at \(status.st_mtim.tv_sec).\(status.st_mtim.tv_nsec)"
  }

  /// Whether one of the repository's sources, its pages aside, was written after `program` was.
  private static func hasSources(of folder: String, newerThan program: String) -> Bool {
    guard let root = git(["rev-parse", "--show-toplevel"], in: folder), let built = lastWritten(program) else {
      return false
    }
    let sources = git(["ls-files", "-z", "--", "Sources"], in: root) ?? ""
    return sources.split(separator: "\0").contains { source in
      guard !source.hasSuffix(".md"), let written = lastWritten("\(root)/\(source)") else { return false }
      return written > built
    }
  }

  /// In nanoseconds.
  private static func lastWritten(_ path: String) -> Int? {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    return status.st_mtim.tv_sec * 1_000_000_000 + status.st_mtim.tv_nsec
  }

  /// What git prints; `nil` where there is no git or no repository.
  static func git(_ arguments: [String], in folder: String) -> String? {
    do {
      let process = try ChildProcess(
        ["git", "-C", folder] + arguments, environment: ProcessInfo.processInfo.environment)
      var said: [UInt8] = []
      while !process.output.isAtEnd { said += process.output.read() }
      guard process.wait() == .exited(0) else { return nil }
      return String(decoding: said, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
    } catch {
      return nil
    }
  }
}
