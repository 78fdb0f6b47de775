extension MetricCatalog {
  /// The metrics that can be measured on images alone.
  package static var ofImages: [any Metric] {
    all.filter { metric in
      guard let metric = metric as? any FeatureMetric else { return false }
      return metric.role == .samples && metric.space != .coordinates
    }
  }
}
