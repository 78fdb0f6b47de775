import Comparison
import Experiments
import Foundation

extension Column {
  /// Whether its cells stand at the right, so that digits stand under digits.
  var isTrailing: Bool { kind == .number || kind == .estimate }
}

extension Cell {
  /// The cell as people read it, each line of a stacked one by itself.
  var lines: [Prose] {
    guard case .stacked(let first, let below, _) = self else { return [prose] }
    return first.lines + below.lines
  }

  private var prose: Prose {
    switch self {
    case .text(let prose): prose
    case .number(_, let shown): Prose(shown)
    case .estimate(let estimate): Prose(estimate.words)
    case .best(let estimate): "\(strong: estimate.words)"
    case .stacked(let first, _, _): first.prose
    case .missing(let reason): Prose(reason)
    case .blank: ""
    }
  }

  var isMissing: Bool {
    switch self {
    case .missing: true
    case .estimate(let estimate), .best(let estimate): estimate.mean == nil
    case .stacked(let first, _, _): first.isMissing
    case .text, .number, .blank: false
    }
  }

  /// The number that the cell sorts by.
  var value: Double? {
    switch self {
    case .number(let value, _): value
    case .estimate(let estimate), .best(let estimate): estimate.mean
    case .stacked(let first, _, _): first.value
    case .text, .missing, .blank: nil
    }
  }
}

extension Row {
  /// The row in as many as its tallest cell has lines, for what cannot stack; cells with fewer leave theirs free.
  var unstacked: [Row] {
    guard cells.contains(where: \.isStacked) else { return [self] }
    let upper = cells.map { cell in
      if case .stacked(let first, _, _) = cell { return first }
      return cell
    }
    let lower = cells.map { cell -> Cell in
      if case .stacked(_, let below, _) = cell { return below }
      return .blank
    }
    let isFaint = cells.contains { cell in
      if case .stacked(_, _, .faint) = cell { return true }
      return false
    }
    return Row(upper, tone: tone).unstacked + Row(lower, tone: isFaint ? .faint : tone).unstacked
  }
}

extension Cell {
  fileprivate var isStacked: Bool {
    if case .stacked = self { return true }
    return false
  }
}

extension Estimate {
  /// The mean with its deviation and the number of seeds, a dagger where some are of external runs, or why there is none.
  fileprivate var words: String {
    guard let mean else {
      let words = missing.map { PublishedCell.Absence(status: $0.status).rawValue }
      return words.isEmpty ? "not run" : words.withoutRepetition.joined(separator: ", ")
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
