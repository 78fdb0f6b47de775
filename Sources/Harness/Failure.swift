import Datasets
import Experiments
import Foundation
import Methods
import Metrics
import Store
import Training

/// What an error means for a person and for a shell.
package enum Failure {
  /// 64 where the command line is at fault, 3 where data, store or environment are.
  package static func exitCode(of error: any Error) -> Int32 {
    switch error {
    case let error as HarnessError: error.isUsage ? 64 : 3
    case SampleError.ambiguous, SampleError.otherLayout: 64
    case is SettingsFault, is SettingsError, is MetricError, DatasetError.unknown, DatasetError.unfit,
      DatasetError.tooFew, TrainingError.shapeMismatch, TrainingError.tooFewItems:
      64
    default: 3
    }
  }
}

/// An error as one sentence on one line.
package func sentence(of error: any Error) -> String {
  var text = "\(error)".split(whereSeparator: \.isNewline).joined(separator: " ")
  if text.isEmpty { text = "an unknown error" }
  return text.hasSuffix(".") ? text : text + "."
}
