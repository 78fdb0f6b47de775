package import Comparison

/// A part of a paper's page: it says what, never how it is marked up.
package protocol Section: Sendable {
  var title: String { get }

  /// The blocks under the title; a section with nothing to show says so.
  @BlockBuilder func body(_ findings: Findings) throws -> [Block]
}
