import CKernels
package import Experiments
import Training

/// How long trainings take on one core of this machine, estimated from what their traced iterations compute.
///
/// Seconds of an iteration = operations / (0.7 · peak) + elements / 1.5e9: the shares that the papers' networks were
/// measured at, and what passes over memory take that fusion leaves. Measuring is not counted.
package struct TrainingEstimate {
  /// Floating-point operations a second that one core does at most, measured in registers.
  private let peak: Double
  private var known: [Configuration: (first: Double, second: Double)] = [:]

  /// Measures the core's peak, for a twentieth of a second.
  package init() { peak = kernel_fma_peak(0.05) }

  /// Processor time of a training, in seconds.
  /// - Throws: `SettingsError`.
  package mutating func seconds(of configuration: Configuration) throws -> Double {
    let training = configuration.training
    let key = configuration.withoutLengths
    let iteration =
      try known[key] ?? (
        seconds(of: try .ofIteration(configuration)), seconds(of: .ofSecondStageIteration(configuration))
      )
    known[key] = iteration
    return Double(training.iterations) * iteration.first + Double(training.secondStage.iterations) * iteration.second
  }

  private func seconds(of cost: TrainingCost) -> Double { cost.operations / (0.7 * peak) + cost.elements / 1.5e9 }
}

extension Configuration {
  /// The same for configurations whose iterations compute the same, whatever their number.
  fileprivate var withoutLengths: Configuration {
    var copy = self
    copy.dataset.trainLimit = 0
    copy.dataset.testLimit = 0
    copy.training.iterations = 1
    copy.training.halveEvery = 0
    copy.training.checkpointEvery = 1
    copy.training.logEvery = 1
    copy.training.secondStage.iterations = min(1, training.secondStage.iterations)
    copy.training.secondStage.halveEvery = 0
    return copy
  }
}
