import Comparison
import Experiments
import Foundation

extension Column {
  /// Whether its cells stand at the right, so that digits stand under digits.
  var isTrailing: Bool { kind == .number || kind == .estimate }
}

extension Cell {
  /// The cell as people read it.
  var prose: Prose {
    switch self {
    case .text(let prose): prose
    case .number(_, let shown): Prose(shown)
    case .estimate(let estimate): Prose(estimate.words)
    case .missing(let reason): Prose(reason)
    case .blank: ""
    }
  }

  var isMissing: Bool {
    switch self {
    case .missing: true
    case .estimate(let estimate): estimate.mean == nil
    case .text, .number, .blank: false
    }
  }

  /// The number that the cell sorts by.
  var value: Double? {
    switch self {
    case .number(let value, _): value
    case .estimate(let estimate): estimate.mean
    case .text, .missing, .blank: nil
    }
  }
}

extension Estimate {
  /// The mean with its deviation and the number of seeds, a dagger where some are of external runs, or why there is none.
  fileprivate var words: String {
    guard let mean else {
      return missing.isEmpty ? "not run" : missing.map(\.status).withoutRepetition.joined(separator: ", ")
    }
    let count = missing.isEmpty ? "\(values.count)" : "\(values.count) of \(values.count + missing.count)"
    return Numerals.spread(mean, deviation) + " (\(count))" + (externalSeeds.isEmpty ? "" : ExternalRuns.mark)
  }
}

extension Figure {
  /// Its file's name in `figures/`.
  package var file: String {
    switch content {
    case .drawing: name + ".svg"
    case .png: name + ".png"
    }
  }

  /// How many pixels wide it wants to be shown.
  var width: Int {
    switch content {
    case .drawing(let drawing): drawing.width
    case .png(_, let width): width
    }
  }

  /// What its file holds.
  var fileContent: Data {
    switch content {
    case .drawing(let drawing): Data(drawing.file(name: name).utf8)
    case .png(let data, _): data
    }
  }
}
