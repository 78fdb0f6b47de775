/// A run with everything it left in the store.
package struct RunRecord: Codable, Hashable, Sendable {
  package let run: Run
  package let scores: [Score]
  package let curves: [CurvePoint]
  package let artefacts: [Artefact]

  package init(run: Run, scores: [Score], curves: [CurvePoint], artefacts: [Artefact]) {
    self.run = run
    self.scores = scores
    self.curves = curves
    self.artefacts = artefacts
  }

  /// The score on the metric that the pattern names; `nil` if it was not asked for.
  package func score(_ pattern: MetricID) -> Score? { scores.first { $0.metric.matches(pattern) } }
}
