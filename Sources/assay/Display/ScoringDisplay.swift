import Experiments
import Foundation
import Harness

/// Tells how measuring files goes: a line that is written over on a terminal, else one every few seconds.
final class ScoringDisplay {
  private let style: ProgressStyle
  /// When each part was first heard of.
  private var beginnings: [String: Date] = [:]
  private var lastSpoken = Date()

  init(style: ProgressStyle) { self.style = style }

  func show(_ progress: ScoringProgress) {
    let now = Date()
    if beginnings[progress.words] == nil { beginnings[progress.words] = now }
    switch style {
    case .none: return
    case .bar:
      guard progress.done == 0 || now.timeIntervalSince(lastSpoken) >= 0.1 else { return }
      Terminal.write("\r" + words(progress, at: now).prefix(Terminal.width - 1) + "\u{1B}[K")
    case .lines:
      guard now.timeIntervalSince(lastSpoken) >= 5 else { return }
      Terminal.note(words(progress, at: now))
    }
    lastSpoken = now
  }

  /// Takes the line away.
  func finish() { if style == .bar { Terminal.write("\r\u{1B}[K") } }

  /// `samples 1,200 of 10,000 (21 a second, 6:59 left)`
  private func words(_ progress: ScoringProgress, at now: Date) -> String {
    guard progress.total > 0 else { return progress.words }
    let counts = "\(progress.words) \(Numerals.count(progress.done)) of \(Numerals.count(progress.total))"
    let seconds = beginnings[progress.words].map { now.timeIntervalSince($0) } ?? 0
    guard seconds > 1, progress.done > 0 else { return counts }
    let rate = Double(progress.done) / seconds
    let left = Int(Double(progress.total - progress.done) / rate)
    let time = String(format: "%d:%02d", left / 60, left % 60)
    return "\(counts) (\(Numerals.significant(rate, digits: 2)) a second, \(time) left)"
  }
}
