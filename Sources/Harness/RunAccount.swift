package import Experiments
import Foundation
package import Store

/// A run with what happened to it and who is at work on it.
package struct RunAccount: Sendable {
  package let run: Run
  package let events: [RunEvent]
  /// Where it is at work.
  package let holder: RunHolder?
}

extension RunAccount: Encodable {
  private enum Keys: CodingKey { case events, holder }

  /// The run's own keys, and with them `events` and `holder`.
  package func encode(to encoder: any Encoder) throws {
    try run.encode(to: encoder)
    var container = encoder.container(keyedBy: Keys.self)
    try container.encode(events, forKey: .events)
    try container.encodeIfPresent(holder, forKey: .holder)
  }
}

extension Workspace {
  /// The runs in the store that any of the selectors matches; all without selectors.
  ///
  /// A selector is with shell wildcards what a run's experiment is called, or the run itself: by its id, or as
  /// `dpvae/mnist/vae#0`.
  /// - Throws: `HarnessError.unknownExperiment` and `.unknownRun` for a selector that matches nothing that there is.
  package func accounts(matching selectors: [String], tier: Tier?) throws -> [RunAccount] {
    let store = try existingStore()
    let runs = try store?.runs() ?? []
    for selector in selectors where !runs.contains(where: { matches(selector, $0) }) {
      if RunAccount.names(selector) { throw HarnessError.unknownRun(selector) }
      _ = try papers.experiments(matching: [selector])
    }
    let wanted = runs.filter { run in
      (tier.map { $0 == run.tier } ?? true) && (selectors.isEmpty || selectors.contains { matches($0, run) })
    }
    let events = try store?.events() ?? [:]
    let holders = try store?.holders(at: Date().timeIntervalSince1970) ?? [:]
    return wanted.map { RunAccount(run: $0, events: events[$0.id] ?? [], holder: holders[$0.id]) }
  }
}

extension RunAccount {
  /// Whether a selector is meant for single runs.
  package static func names(_ selector: String) -> Bool { selector.contains { "@#".contains($0) } }
}

private func matches(_ selector: String, _ run: Run) -> Bool {
  [run.experiment.description, run.id, "\(run.experiment)#\(run.seed)"].contains { matches(selector, $0) }
}
