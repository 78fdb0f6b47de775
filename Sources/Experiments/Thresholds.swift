/// How far a metric may move before it counts, as a share of its mean in the snapshot.
package struct Thresholds: Codable, Hashable, Sendable {
  package let usual: Double
  /// By a metric's name, where it is not the usual one.
  package let byMetric: [String: Double]

  package init(usual: Double, byMetric: [String: Double] = [:]) {
    self.usual = usual
    self.byMetric = byMetric
  }

  package func share(of metric: MetricID) -> Double { byMetric[metric.name] ?? usual }
}
