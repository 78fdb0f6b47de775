package import Experiments

/// How a run ended, and what it cost.
package struct RunOutcome: Hashable, Sendable {
  /// Not `pending` or `running`.
  package let status: RunStatus
  /// A sentence; `nil` exactly where the status is `done`.
  package let reason: String?
  /// Wall time of training and measuring together.
  package let seconds: Double?
  package let processorSeconds: Double?
  /// Peak resident memory in bytes.
  package let peakMemory: Int?
  /// SHA-256 of the trained parameters; there wherever the status is `done`.
  package let weightsHash: String?

  package init(
    status: RunStatus, reason: String? = nil, seconds: Double? = nil, processorSeconds: Double? = nil,
    peakMemory: Int? = nil, weightsHash: String? = nil
  ) {
    self.status = status
    self.reason = reason
    self.seconds = seconds
    self.processorSeconds = processorSeconds
    self.peakMemory = peakMemory
    self.weightsHash = weightsHash
  }
}
