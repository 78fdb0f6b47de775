/// What has to hold of every method, whatever it is.
package protocol Law: Sendable {
  /// One word, the heading of its column.
  var name: String { get }
  /// The law, as a sentence without its full stop.
  var statement: String { get }

  /// Whether the law says anything of a specimen.
  func applies(to specimen: Specimen) -> Bool

  /// Looks whether it holds.
  /// - Throws: what tracing, compiling and training throw.
  func check(_ specimen: Specimen) throws -> Observation
}

extension Law {
  package func applies(to specimen: Specimen) -> Bool { true }
}

/// What a law found.
package struct Observation: Sendable {
  package let holds: Bool
  /// The numbers that say so, as a phrase.
  package let account: String
}

/// The laws there are, in the order in which they are looked at.
package enum LawCatalog {
  package static let all: [any Law] = [
    SpecialCaseHolds(),
    EqualsPlainTwin(),
    GradientAgrees(),
    StaysFinite(),
    LossFalls(),
    DecodesItems(),
    DrawsSamples(),
    SavesExactly(),
  ]
}
