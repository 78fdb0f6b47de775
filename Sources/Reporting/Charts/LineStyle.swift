import Experiments

/// What tells a line of a chart from the others: a colour and a pattern of dashes, both counted from 1.
struct LineStyle: Hashable {
  let colour: Int
  /// 1 is a solid line.
  let dash: Int

  /// The classes of the style sheet.
  var classes: String { "series-\(colour) dash-\(dash)" }

  /// A style for each of so many lines that have nothing to do with each other.
  static func counted(_ count: Int) -> [LineStyle] {
    (0..<count).map { LineStyle(family: $0, isDashed: false) }
  }

  /// A style for each experiment, by its place in the list. A decoupled twin is dashed; where there are more lines than
  /// colours it has its method's.
  static func styles(of experiments: [Experiment]) -> [LineStyle] {
    let families = experiments.map { family(of: $0, among: experiments) }
    let order = families.withoutRepetition
    return experiments.indices.map { index in
      LineStyle(
        family: experiments.count > Palette.seriesCount ? order.firstIndex(of: families[index]) ?? 0 : index,
        isDashed: experiments[index].isTwin)
    }
  }

  /// Colours go round, and each time round the dashes change.
  private init(family: Int, isDashed: Bool) {
    colour = family % Palette.seriesCount + 1
    dash = (2 * (family / Palette.seriesCount) + (isDashed ? 1 : 0)) % Palette.dashCount + 1
  }

  /// The same for a method and its twin; an experiment without a twin in the list is a family of its own.
  private static func family(of experiment: Experiment, among all: [Experiment]) -> String {
    guard let key = experiment.methodKey else { return experiment.id.description }
    let relatives = all.filter { $0.methodKey == key }
    let isPair = relatives.count == 2 && relatives.filter(\.isTwin).count == 1
    return isPair ? key : experiment.id.description
  }
}

extension Experiment {
  /// Whether its prior is decoupled.
  fileprivate var isTwin: Bool { configuration?.method.prior == .decoupled }

  /// What a method and its twin have in common.
  fileprivate var methodKey: String? {
    configuration.map { "\(id.dataset) \(id.reading.rawValue) \($0.method.name) \($0.likelihood.name)" }
  }

  private var configuration: Configuration? { Tier.allCases.lazy.compactMap { configurations[$0] }.first }
}
