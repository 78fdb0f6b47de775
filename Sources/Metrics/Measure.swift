package import Experiments
package import Tensors

/// All that measuring a run gives: numbers, curves and pictures.
package struct Measurements: Sendable {
  /// A score for each metric asked for, in that order.
  package let scores: [Score]
  package let curves: [CurvePoint]
  package let artefacts: [Artefact]
}

/// Measures the metrics on a trained model, and gathers the pictures its report shows.
///
/// A metric that cannot be computed gives a score without a value that says why; the others go on. The numbers depend
/// on the subject alone, not on which metrics are asked for nor on their order.
///
/// - Parameters:
///   - drawing: Whether pictures are wanted.
///   - keep: Given each score with the curve that it sums up, as soon as it is there.
///   - progress: Told what is being done before each part.
/// - Throws: What `keep` and `progress` throw, such as an interruption; never a metric's own failure.
package func measure(
  _ metrics: [MetricID], of subject: Subject, with instruments: Instruments, drawing: Bool = true,
  keep: (MetricID, Score, [CurvePoint]) throws -> Void = { _, _, _ in }, progress: (String) throws -> Void
) throws -> Measurements {
  let evidence = Evidence(of: subject, with: instruments)
  evidence.library.plan(metrics, count: evidence.count)
  try evidence.library.gather(progress)
  var (scores, curves) = ([Score](), [CurvePoint]())
  for id in metrics {
    try progress("measuring \(id)")
    let (score, points) = measured(id) { try $0.measure(id, on: evidence) }
    scores.append(score)
    let curve = points.filter { $0.value.isFinite }
    curves += curve.filter { !curves.contains($0) }
    try keep(id, score, curve)
  }
  guard drawing else { return Measurements(scores: scores, curves: curves, artefacts: []) }
  try progress("drawing samples")
  return Measurements(scores: scores, curves: curves, artefacts: pictures(on: evidence))
}

/// The same on a device alone, without weights and without features kept from before.
package func measure(
  _ metrics: [MetricID], of subject: Subject, executor: any Executor, progress: (String) throws -> Void
) throws -> Measurements {
  try measure(metrics, of: subject, with: Instruments(executor: executor), progress: progress)
}

/// The score of one metric, with a status and a reason where it has no value, and the curve that it sums up.
func measured(
  _ id: MetricID, by measure: (any Metric) throws -> Measurement
) -> (score: Score, curve: [CurvePoint]) {
  let card = MetricCatalog.all.first { $0.card.name == id.name }?.card
  let (unit, direction) = (card?.unit ?? "", card?.direction ?? .neither)
  let completed = card?.completed(id) ?? id
  do {
    let metric = try MetricCatalog.metric(for: id)
    let measurement = try measure(metric)
    let score = Score(
      metric: completed.with(measurement.settings), value: measurement.value,
      standardError: measurement.standardError, unit: unit, direction: direction,
      count: measurement.count, remark: measurement.remark)
    return (score, measurement.curve)
  } catch MetricError.notApplicable(let reason) {
    return (Score(missing: completed, unit: unit, direction: direction, status: .notApplicable, reason: reason), [])
  } catch {
    return (Score(missing: completed, unit: unit, direction: direction, status: .failed, reason: "\(error)"), [])
  }
}
