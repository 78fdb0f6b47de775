/// What an external run rests on: files that another program made, and that were only measured here.
package struct ExternalOrigin: Codable, Hashable, Sendable {
  /// Who made the files, in the words of whoever recorded the run; `nil` where that was not said.
  package let program: String?
  package let files: [File]

  /// A file or folder that scores were measured on.
  package struct File: Codable, Hashable, Sendable {
    /// What it holds: `samples`, `latents`, `log-likelihoods` or `reference`.
    package let role: String
    /// Where it lay.
    package let path: String
    /// SHA-256 of its numbers, whatever they were packed in.
    package let sha256: String
    /// Images, codes or numbers.
    package let count: Int

    package init(role: String, path: String, sha256: String, count: Int) {
      (self.role, self.path, self.sha256, self.count) = (role, path, sha256, count)
    }
  }

  package init(program: String?, files: [File]) {
    self.program = program
    self.files = files
  }
}

extension Run {
  /// Whether another program made what was measured, so that nothing was trained here.
  package var isExternal: Bool { provenance?.external != nil }
}
