/// A metric with all that changes its number: `fd-lp/random-conv?n=10000&ref=train`.
///
/// Two numbers are compared only if their ids are equal.
package struct MetricID: Hashable, Sendable, Comparable, CustomStringConvertible {
  /// The name before the question mark, e.g. `fd-lp/random-conv`.
  package let name: String
  /// The protocol, sorted by key.
  package let arguments: [Argument]

  package struct Argument: Hashable, Sendable {
    package let key: String
    package let value: String
  }

  package init(_ name: String, _ arguments: [String: String] = [:]) {
    self.name = name
    self.arguments = arguments.sorted { $0.key < $1.key }.map { Argument(key: $0.key, value: $0.value) }
  }

  /// Reads `name?key=value&key=value`; `nil` if the text has another form.
  package init?(_ text: String) {
    let halves = text.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    guard let name = halves.first, !name.isEmpty else { return nil }
    guard halves.count == 2 else { self.init(name, [:]); return }
    var arguments: [String: String] = [:]
    for pair in halves[1].split(separator: "&", omittingEmptySubsequences: false) {
      let sides = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
      guard sides.count == 2, !sides[0].isEmpty, arguments.updateValue(sides[1], forKey: sides[0]) == nil else {
        return nil
      }
    }
    self.init(name, arguments)
  }

  package subscript(key: String) -> String? { arguments.first { $0.key == key }?.value }

  /// Whether this id has the pattern's name and at least its arguments.
  ///
  /// Papers' files write `nll/importance`; a score's id says `nll/importance?images=100&samples=2000`.
  package func matches(_ pattern: MetricID) -> Bool {
    name == pattern.name && pattern.arguments.allSatisfy(arguments.contains)
  }

  /// This id with further arguments; one that is there already is replaced.
  package func with(_ further: [String: String]) -> MetricID {
    let own = Dictionary(uniqueKeysWithValues: arguments.map { ($0.key, $0.value) })
    return MetricID(name, own.merging(further) { $1 })
  }

  package var description: String {
    guard !arguments.isEmpty else { return name }
    return name + "?" + arguments.map { "\($0.key)=\($0.value)" }.joined(separator: "&")
  }

  package static func < (a: Self, b: Self) -> Bool { a.description < b.description }
}

extension MetricID: Codable {
  package init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let text = try container.decode(String.self)
    guard let id = MetricID(text) else {
      throw DecodingError.dataCorruptedError(
        in: container, debugDescription: "'\(text)' is no metric; write name?key=value&key=value")
    }
    self = id
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}

/// Which way a metric is better.
package enum Direction: String, Codable, Sendable, CaseIterable {
  case lower, higher
  /// The number describes, it does not rank.
  case neither
}
