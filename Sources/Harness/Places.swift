import Foundation

/// Where things lie: results, data, papers.
package struct Places: Sendable {
  let environment: [String: String]
  let workingDirectory: String
  /// The program itself.
  package let executable: String

  package init(environment: [String: String], workingDirectory: String, executable: String) {
    self.environment = environment
    self.workingDirectory = workingDirectory
    self.executable = executable
  }

  /// Those of this process.
  package static var here: Places {
    Places(
      environment: ProcessInfo.processInfo.environment,
      workingDirectory: FileManager.default.currentDirectoryPath,
      executable: URL(filePath: "/proc/self/exe").resolvingSymlinksInPath().path)
  }

  /// `$ASSAY_HOME`, else `$XDG_DATA_HOME/assay`, else `~/.local/share/assay`.
  package var home: String {
    if let home = environment["ASSAY_HOME"], !home.isEmpty { return home }
    if let shared = environment["XDG_DATA_HOME"], !shared.isEmpty { return "\(shared)/assay" }
    return "\(environment["HOME"] ?? NSHomeDirectory())/.local/share/assay"
  }

  /// The store's file.
  package func store(_ option: String?) -> String { absolute(option ?? "\(home)/assay.sqlite") }

  /// The data directory: the option, `$ASSAY_DATA`, else `data` in the home.
  package func data(_ option: String?) -> String {
    let fromEnvironment = environment["ASSAY_DATA"].flatMap { $0.isEmpty ? nil : $0 }
    return absolute(option ?? fromEnvironment ?? "\(home)/data")
  }

  /// The papers' folder: the option, `$ASSAY_BASELINES`, else the nearest `Baselines` at or above the working directory,
  /// else at or above the program.
  /// - Throws: `HarnessError.noBaselines`.
  package func baselines(_ option: String?) throws -> String {
    if let named = option ?? environment["ASSAY_BASELINES"], !named.isEmpty { return absolute(named) }
    for start in [workingDirectory, executable] {
      if let found = above(start) { return found }
    }
    throw HarnessError.noBaselines(from: workingDirectory)
  }

  private func above(_ start: String) -> String? {
    var folder = URL(filePath: start)
    while true {
      let candidate = folder.appending(path: "Baselines").path
      var isFolder: ObjCBool = false
      if FileManager.default.fileExists(atPath: candidate, isDirectory: &isFolder), isFolder.boolValue {
        return candidate
      }
      if folder.path == "/" || folder.pathComponents.count <= 1 { return nil }
      folder.deleteLastPathComponent()
    }
  }

  private func absolute(_ path: String) -> String {
    path.hasPrefix("/") ? path : URL(filePath: workingDirectory).appending(path: path).standardizedFileURL.path
  }
}
