/// A run with everything it left in the store.
package struct RunRecord: Codable, Hashable, Sendable {
  package let run: Run
  package let scores: [Score]
  package let curves: [CurvePoint]
  package let artefacts: [Artefact]
  /// In the order in which they happened; none of a run that went through at once.
  package let events: [RunEvent]

  package init(
    run: Run, scores: [Score], curves: [CurvePoint], artefacts: [Artefact], events: [RunEvent] = []
  ) {
    self.run = run
    self.scores = scores
    self.curves = curves
    self.artefacts = artefacts
    self.events = events
  }

  /// The score on the metric that the pattern names; `nil` if it was not asked for.
  package func score(_ pattern: MetricID) -> Score? { scores.first { $0.metric.matches(pattern) } }
}
