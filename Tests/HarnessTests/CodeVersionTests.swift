import Foundation
import Testing

@testable import Harness

/// A repository of one source, one page and one commit, and a program that may have been built from them.
@Suite struct CodeVersionTests {
  private let folder: TemporaryFolder
  private let commit: String

  private var program: String { folder.path + "/.build/assay" }

  init() throws {
    folder = try TemporaryFolder()
    for file in ["Sources/a/code.swift", "Sources/a/README.md", "Baselines/paper.yaml"] {
      try folder.write("1", to: file)
    }
    let identity = ["-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"]
    for command in [["init", "-q"], ["add", "."], identity + ["commit", "-q", "-m", "m"]] {
      _ = try #require(CodeVersion.git(command, in: folder.path))
    }
    commit = try #require(CodeVersion.git(["rev-parse", "HEAD"], in: folder.path))
    try folder.write("program", to: ".build/assay")
    try date("Sources/a/code.swift", after: -60)
    try date("Sources/a/README.md", after: -60)
  }

  @Test func `a program that was built of a commit's files has that commit's version`() {
    #expect(commit.count == 40)
    #expect(version() == commit)
  }

  @Test func `a commit does not say what was built before its sources came`() throws {
    try date("Sources/a/code.swift", after: 60)
    #expect(version() == commit + "+")
  }

  @Test func `pages are not built, and papers are read when it runs`() throws {
    try date("Sources/a/README.md", after: 60)
    try date("Baselines/paper.yaml", after: 60)
    #expect(version() == commit)
  }

  @Test(arguments: ["Sources/a/code.swift", "Baselines/paper.yaml"])
  func `a commit does not say what was changed since`(file: String) throws {
    try folder.write("2", to: file)
    #expect(version() == commit + "+")
  }

  @Test func `without a repository the version is unknown, and the program's own file is told`() throws {
    let elsewhere = try TemporaryFolder()
    let version = CodeVersion.of(repositoryWith: elsewhere.path, program: program)
    #expect(version == "unknown")
    #expect(CodeVersion.exactly(version).hasPrefix("unknown of "))
    #expect(CodeVersion.exactly(commit) == commit)
  }

  private func version() -> String { CodeVersion.of(repositoryWith: folder.path + "/Baselines", program: program) }

  /// Dates a file so many seconds after the program.
  private func date(_ file: String, after seconds: Double) throws {
    let built = try #require(
      try FileManager.default.attributesOfItem(atPath: program)[.modificationDate] as? Date)
    try FileManager.default.setAttributes(
      [.modificationDate: built.addingTimeInterval(seconds)], ofItemAtPath: folder.path + "/" + file)
  }
}
