package import Experiments

/// Something that can be measured on a trained model: a card and a number drawn from shared evidence.
///
/// A metric holds no state between runs; what is costly to compute lies in `Evidence`, gathered once for all metrics.
package protocol Metric: Sendable {
  var card: MetricCard { get }

  /// The number that `id` asks for.
  ///
  /// - Precondition: the card has accepted the id's arguments.
  /// - Throws: `MetricError.notApplicable` where the subject has no such number; anything else counts as a failure.
  func measure(_ id: MetricID, on evidence: Evidence) throws -> Measurement
}

/// What there is to know of a metric without measuring it.
package struct MetricCard: Sendable {
  /// The part of an id before the question mark, e.g. `skl/knn`.
  package let name: String
  /// The heading of its column, e.g. "FD(LP)".
  package let title: String
  package let unit: String
  package let direction: Direction
  /// The paper and equation, or the program, that it follows.
  package let source: String
  /// The arguments that an id must give, each with the values it may have.
  package let choices: [Choice]
  /// The arguments that an id may give; a score's id has them all.
  package let options: [Option]
  /// The curves that a measurement may leave.
  package let curves: [String]

  package struct Choice: Sendable {
    package let key: String
    package let values: [String]
  }

  package struct Option: Sendable {
    package let key: String
    /// The values it may have, the default first.
    package let values: [String]
  }

  init(
    name: String, title: String, unit: String, direction: Direction, source: String, choices: [Choice] = [],
    options: [Option] = [], curves: [String] = []
  ) {
    self.name = name
    self.title = title
    self.unit = unit
    self.direction = direction
    self.source = source
    self.choices = choices
    self.options = options
    self.curves = curves
  }

  /// The ids that can be asked for, options left at their defaults: one for each combination of choices.
  package var ids: [MetricID] {
    choices.reduce([MetricID(name)]) { ids, choice in
      ids.flatMap { id in choice.values.map { id.with([choice.key: $0]) } }
    }
  }

  /// - Throws: `MetricError` where an argument is missing, unknown or has a value it may not have.
  package func check(_ id: MetricID) throws {
    let known = choices.map { ($0.key, $0.values) } + options.map { ($0.key, $0.values) }
    for argument in id.arguments {
      guard let values = known.first(where: { $0.0 == argument.key })?.1 else {
        throw MetricError.unknownArgument(id, key: argument.key, known: known.map(\.0))
      }
      guard values.contains(argument.value) else {
        throw MetricError.choiceNeeded(id, key: argument.key, values: values)
      }
    }
    if let missing = choices.first(where: { id[$0.key] == nil }) {
      throw MetricError.choiceNeeded(id, key: missing.key, values: missing.values)
    }
  }

  /// The id with each option that it leaves open at its default.
  package func completed(_ id: MetricID) -> MetricID {
    id.with(Dictionary(uniqueKeysWithValues: options.map { ($0.key, id[$0.key] ?? $0.values.first ?? "") }))
  }
}

/// A number and what completes its id.
package struct Measurement: Sendable, Equatable {
  package var value: Double
  /// The standard error of the value on this run alone.
  package var standardError: Double?
  /// The number of items behind the value.
  package var count: Int
  /// The counts and settings behind the value, which become arguments of the score's id.
  package var settings: [String: String]
  package var remark: String?
  /// Points of curves that the number sums up, by rank or by threshold in place of an iteration.
  package var curve: [CurvePoint]

  init(
    value: Double, standardError: Double? = nil, count: Int, settings: [String: String] = [:], remark: String? = nil,
    curve: [CurvePoint] = []
  ) {
    self.value = value
    self.standardError = standardError
    self.count = count
    self.settings = settings
    self.remark = remark
    self.curve = curve
  }
}
