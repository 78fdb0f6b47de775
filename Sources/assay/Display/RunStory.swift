import Experiments
import Foundation
import Harness
import Store

/// A run's story for people: how far it is, then what happened to it, in order.
struct RunStory {
  let account: RunAccount
  /// Seconds since 1970.
  let now: Double

  /// The run and its state, then a line for each event: when, how long ago, what.
  var lines: [String] {
    let told = account.events.map { event in
      let ago = Terminal.ago(event.time, now: now)
      let gap = String(repeating: " ", count: max(0, 12 - ago.count))
      return Terminal.folded("  \(Terminal.second(event.time))  \(gap)\(ago)  \(event.what)", indent: 37)
    }
    return [Terminal.folded(heading, indent: 2)] + told
  }

  /// Why the run wants a look, in a line; `nil` where all is well.
  var complaint: String? {
    let run = account.run
    if let reason = run.reason { return "\(run.id) \(run.status.rawValue): \(reason)" }
    guard let holder = account.holder, holder.isGone else { return nil }
    return "\(run.id) has lost its process \(holder.process); assay run goes on with it"
  }

  private var heading: String {
    let run = account.run
    let parts: [String?] = [
      run.attempts > 1 ? "attempt \(run.attempts)" : nil,
      run.started.map { "begun \(Terminal.second($0))" },
      run.seconds.map { "\(Numerals.duration(seconds: $0)) in all" },
      run.provenance.map { "on \($0.host)" },
      account.holder.map(words),
    ]
    let state = "\(run.id) \(run.status.rawValue)"
    // The last event says it again.
    let reason = account.events.isEmpty ? run.reason : nil
    let facts = ([state] + parts.compactMap { $0 }).joined(separator: ", ")
    return reason.map { "\(facts): \($0)" } ?? facts
  }

  private func words(_ holder: RunHolder) -> String {
    let sign = holder.lastSign.map { ", last sign of life \(Terminal.ago($0, now: now))" } ?? ""
    return "process \(holder.process)\(holder.isGone ? ", which is gone" : "")\(sign)"
  }
}
