/// The name of an experiment: `<paper>/<dataset>/<method>`, with `+code` or `+matched` where that is the reading.
package struct ExperimentID: Hashable, Sendable, Comparable, CustomStringConvertible {
  package let paper: String
  package let dataset: String
  package let method: String
  package let reading: Reading

  package init(paper: String, dataset: String, method: String, reading: Reading = .paper) {
    self.paper = paper
    self.dataset = dataset
    self.method = method
    self.reading = reading
  }

  /// Reads `dpvae/mnist/vae+code`; `nil` if the text has another form.
  package init?(_ text: String) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 3, parts.allSatisfy({ !$0.isEmpty }) else { return nil }
    let last = parts[2].split(separator: "+", omittingEmptySubsequences: false).map(String.init)
    guard last.count <= 2, !last[0].isEmpty, let reading = Reading(rawValue: last.count == 2 ? last[1] : "paper") else {
      return nil
    }
    self.init(paper: parts[0], dataset: parts[1], method: last[0], reading: reading)
  }

  package var description: String { "\(paper)/\(dataset)/\(variant)" }

  /// The last part of the id: the method, with its reading where that is not the text, e.g. `vae+code`.
  package var variant: String { method + (reading == .paper ? "" : "+\(reading.rawValue)") }

  package static func < (a: Self, b: Self) -> Bool { a.description < b.description }
}

extension ExperimentID: Codable {
  package init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let text = try container.decode(String.self)
    guard let id = ExperimentID(text) else {
      throw DecodingError.dataCorruptedError(
        in: container,
        debugDescription: "'\(text)' is no experiment; write paper/dataset/method, …/method+code or …/method+matched")
    }
    self = id
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}

/// Which source of a paper a configuration follows where the two disagree.
package enum Reading: String, Codable, Sendable, CaseIterable {
  /// The text of the paper.
  case paper
  /// The authors' released code, slips included.
  case code
  /// One configuration for a method and its decoupled twin, where the text says that they share it and neither source shows
  /// which.
  case matched
}

/// How long a run trains and how much it measures; the method is the same in all.
package enum Tier: String, Codable, Sendable, CaseIterable, Comparable {
  case smoke, nightly, paper

  package static func < (a: Tier, b: Tier) -> Bool { a.rank < b.rank }
  private var rank: Int { Tier.allCases.firstIndex(of: self) ?? 0 }
}
