/// Whether runs will say by what code they were made.
struct ProgramExamination: Examination {
  func findings(at site: Site) -> [Finding] {
    guard case .success(let folder) = site.baselines else { return [] }  // What is wrong there is told with the papers.
    return [Self.finding(CodeVersion.of(repositoryWith: folder), folder)]
  }

  /// What is said of a version of the code in the repository that holds `folder`.
  static func finding(_ version: String, _ folder: String) -> Finding {
    if version == "unknown" {
      let reason = "no git repository holds \(folder), so runs cannot say by what code they were made"
      return Finding("program", .limited, reason + "; use the papers of a clone")
    }
    guard version.hasSuffix("+") else { return Finding("program", .good, "built of commit \(version)") }
    let reason = "not of commit \(version.dropLast()) alone, files were changed or came after it was built"
    return Finding("program", .limited, reason + "; commit or undo changes, then run 'make build'")
  }
}
