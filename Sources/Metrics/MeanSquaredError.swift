package import Experiments
import Methods

/// The mean squared error per pixel and channel of test items rebuilt from one code of each posterior.
package struct MeanSquaredError: Metric {
  package var card: MetricCard {
    MetricCard(
      name: "mse", title: "MSE", unit: "squared intensity per pixel", direction: .lower,
      source: "SSE / D of the reconstruction term (riddhishb/dpVAE, trainers/trainer.py)")
  }

  package func measure(_ id: MetricID, on evidence: Evidence) throws -> Measurement {
    let size = Double(evidence.subject.model.size)
    let values = evidence.codes.squaredErrors.map { $0 / size }
    return Measurement(mean: SampleMean(of: values), settings: ["n": "\(values.count)"])
  }
}
