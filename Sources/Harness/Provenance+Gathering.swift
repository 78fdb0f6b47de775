import CKernels
import COneDNN
import COpenBLAS
import Datasets
package import Experiments
import Foundation
import Glibc
import Store

extension Provenance {
  /// Where this process's numbers come from.
  /// - Throws: `StoreError`.
  static func gather(_ job: WorkerJob, dataset: Dataset, store: RunStore) throws -> Provenance {
    Provenance(
      code: job.code, host: Machine.host, processor: Machine.processor,
      instructionSet: String(cString: kernel_instruction_set()), threads: job.threads,
      libraries: libraries.merging(["SQLite": try store.engineVersion()]) { $1 },
      data: [dataset.card.name: dataset.digest],
      dataRemarks: dataset.remarks.isEmpty ? nil : dataset.remarks.map { "\(dataset.card.name): \($0)" })
  }

  /// The libraries whose version could change a number.
  package static var libraries: [String: String] {
    [
      "OpenBLAS": String(cString: openblas_get_config()).split(separator: " ").dropFirst().first.map(String.init)
        ?? "unknown",
      "oneDNN": String(cString: onednn_version()),
    ]
  }
}

/// The version of the code.
package enum CodeVersion {
  /// The commit of the repository that holds `folder`, with `+` where files of it are changed, or "unknown".
  package static func of(repositoryWith folder: String) -> String {
    guard let commit = git(["rev-parse", "HEAD"], in: folder), !commit.isEmpty else { return "unknown" }
    let changes = git(["status", "--porcelain", "--untracked-files=no"], in: folder) ?? ""
    return changes.isEmpty ? commit : commit + "+"
  }

  /// That of the program that runs here, as its runs have it, with its file where a commit does not say all.
  package static var ofThisProgram: String {
    let folder = try? Places.here.baselines(nil)
    return exactly(folder.map(of(repositoryWith:)) ?? "unknown")
  }

  /// The version, and with changes that have no version when this program was built, too.
  static func exactly(_ version: String) -> String {
    guard version == "unknown" || version.hasSuffix("+") else { return version }
    var status = stat()
    guard stat("/proc/self/exe", &status) == 0 else { return version }
    return "\(version) of \(status.st_size) bytes at \(status.st_mtim.tv_sec).\(status.st_mtim.tv_nsec)"
  }

  /// What git prints; `nil` where there is no git or no repository.
  private static func git(_ arguments: [String], in folder: String) -> String? {
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

extension WorkerJob {
  /// What decides a training's bits besides its run and data: the code, exactly.
  var program: String { CodeVersion.exactly(code) }
}
