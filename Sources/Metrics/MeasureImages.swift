package import Experiments

/// Measures the metrics that compare images on images from anywhere.
///
/// The numbers are those that `measure` would give of a model that showed these images: of a dataset's split as many are
/// compared with as the metric has it. Where the reference is no dataset's, all of it is, whatever the id's `real` says.
///
/// - Parameters:
///   - reference: what is called real; its order does not matter, but for subsets of it.
///   - split: where the reference is a dataset's.
///   - progress: Told what is being done before each part.
/// - Throws: What `progress` throws, such as an interruption; never a metric's own failure.
package func measure(
  _ metrics: [MetricID], of samples: any ImageSource, against reference: any ImageSource,
  split: DatasetImages.Split? = nil, with instruments: Instruments, progress: (String) throws -> Void
) throws -> [Score] {
  let library = FeatureLibrary(instruments, shape: samples.shape) { $0 == .samples ? samples : reference }
  let real: [ImageRole] = split == nil ? [.given] : [.train, .test]
  let count = { (role: ImageRole) in role == .samples ? samples.count : real.contains(role) ? reference.count : 0 }
  library.plan(metrics, count: count)
  try library.gather(progress)
  return try metrics.map { id in
    try progress("measuring \(id)")
    return measured(id) { metric in
      guard let metric = metric as? any FeatureMetric, metric.role == .samples else {
        throw MetricError.notApplicable("it needs a trained model, not images alone")
      }
      if let asked = id["ref"], asked != split?.rawValue {
        throw MetricError.otherReference(id, given: split?.rawValue ?? ImageRole.given.word)
      }
      guard metric.space.isInception || samples.shape == reference.shape else {
        throw MetricError.unlikeShapes(samples.shape, reference.shape)
      }
      var measurement = try metric.measure(id, in: library, metric.comparison(for: id, count: count))
      if let split { measurement.settings["ref"] = split.rawValue }
      return measurement
    }.score
  }
}

extension FeatureLibrary {
  /// Plans all that the metrics among these which compare features want.
  func plan(_ metrics: [MetricID], count: (ImageRole) -> Int) {
    for id in metrics {
      // One that is not known has no needs, and says so when it is measured.
      guard let metric = try? MetricCatalog.metric(for: id) as? any FeatureMetric else { continue }
      for need in metric.needs(metric.comparison(for: id, count: count)) { plan(need) }
    }
  }
}
