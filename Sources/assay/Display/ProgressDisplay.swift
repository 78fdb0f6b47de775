import Experiments
import Foundation
import Harness
import Store

/// How a command tells how far it is: by a line that is drawn over, by lines one after another, or not at all.
enum ProgressStyle { case bar, lines, none }

extension CommonOptions {
  /// What the options and the terminal ask for.
  var progressStyle: ProgressStyle {
    if quiet || noProgress { return .none }
    return Terminal.redraws ? .bar : .lines
  }
}

/// Tells how a sweep goes: a bar that is drawn over on a terminal, else a line every few seconds.
final class ProgressDisplay {
  private let style: ProgressStyle
  private let verbose: Bool
  private let total: Int
  private let began = ContinuousClock.now
  private var lastSpoken = ContinuousClock.now
  private var active: [(run: Run, fraction: Double, words: String)] = []
  private var counts: [RunStatus: Int] = [:]
  /// The runs that other processes have, with what has them.
  private var awaited: [(run: Run, process: String)] = []

  init(total: Int, style: ProgressStyle, verbose: Bool) {
    (self.total, self.style, self.verbose) = (total, style, verbose)
  }

  func hear(_ event: Sweep.Event) {
    switch event {
    case .started(let run, let process):
      awaited.removeAll { $0.run.id == run.id }
      active.append((run, 0, "starting"))
      if verbose { say("worker \(process) begins \(name(run))") }
    case .worker(let run, let event): update(run, event)
    case .ended(let run, let status, let reason):
      active.removeAll { $0.run.id == run.id }
      counts[status, default: 0] += 1
      if let reason { say("\(name(run)) \(status.rawValue): \(reason)") } else if verbose { say("\(name(run)) done") }
    case .killed(let run, let reason):
      active.removeAll { $0.run.id == run.id }
      say("\(name(run)) will go on in another worker: \(reason)")
    case .waits(let run, let holder):
      awaited.removeAll { $0.run.id == run.id }
      awaited.append((run, holder.process))
      let since = holder.since.map { " since \(Terminal.second($0)) UTC" } ?? ""
      say("\(name(run)) is at work in process \(holder.process)\(since): waiting for it")
    case .settled(let run, let status):
      awaited.removeAll { $0.run.id == run.id }
      counts[status, default: 0] += 1
      if verbose { say("\(name(run)) \(status.rawValue), by another process") }
    case .tick: draw()
    }
  }

  /// Takes the bar away.
  func finish() { if style == .bar { Terminal.write("\r\u{1B}[K") } }

  private func update(_ run: Run, _ event: WorkerEvent) {
    guard let place = active.firstIndex(where: { $0.run.id == run.id }) else { return }
    switch event {
    case .training(let iteration, let iterations, let losses):
      let loss = losses.first.map { " \($0.name) \(Numerals.significant($0.value, digits: 4))" } ?? ""
      // The measurements take about a tenth of a run.
      active[place].fraction = 0.9 * Double(iteration) / Double(iterations)
      let share = iteration * 100 / max(1, iterations)
      active[place].words = (style == .bar ? "\(share)%" : "\(iteration)/\(iterations)") + loss
    case .phase(let words): active[place].words = words
    case .note(let words): say("\(name(run)): \(words)")
    case .ended: active[place].fraction = 1
    }
  }

  private func draw() {
    switch style {
    case .none: return
    case .bar: Terminal.write("\r" + line(bar: true).prefix(Terminal.width - 1) + "\u{1B}[K")
    case .lines:
      guard lastSpoken.duration(to: .now) >= .seconds(5) else { return }
      lastSpoken = .now
      Terminal.note(line(bar: false))
    }
  }

  /// A line above the bar.
  private func say(_ text: String) {
    finish()
    if style != .none || verbose { Terminal.note(text) }
  }

  private func line(bar: Bool) -> String {
    let over = counts.values.reduce(0, +)
    let fraction = (Double(over) + active.map(\.fraction).reduce(0, +)) / Double(max(1, total))
    let width = 8
    let full = Int((fraction * Double(width)).rounded(.down))
    let drawn = bar ? String(repeating: "█", count: full) + String(repeating: "░", count: width - full) + " " : ""
    let failed = over - (counts[.done] ?? 0)
    let trouble = failed > 0 ? ", \(failed) not well" : ""
    let workers = active.map { "\(bar ? shortName($0.run) : name($0.run)) \($0.words)" }.joined(separator: " · ")
    return "\(drawn)\(over)/\(total) runs\(trouble)\(remaining(fraction)) \(active.isEmpty ? wait : workers)"
  }

  private var wait: String {
    guard let first = awaited.first else { return "" }
    let more = awaited.count > 1 ? " and \(awaited.count - 1) more" : ""
    return "waiting for \(shortName(first.run)) in process \(first.process)\(more)"
  }

  private func remaining(_ fraction: Double) -> String {
    let elapsed = began.duration(to: .now) / .seconds(1)
    guard fraction > 0.02, elapsed > 2 else { return "" }
    let seconds = Int(elapsed * (1 - fraction) / fraction)
    return seconds >= 3600
      ? String(format: ", %d:%02d h left", seconds / 3600, seconds / 60 % 60)
      : String(format: ", %d:%02d left", seconds / 60, seconds % 60)
  }

  private func name(_ run: Run) -> String { "\(run.experiment)#\(run.seed)" }

  /// What tells the workers apart where two of them share a line of 80 columns.
  private func shortName(_ run: Run) -> String {
    "\(run.experiment.variant)#\(run.seed)"
  }
}
