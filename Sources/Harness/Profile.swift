import CKernels
import Execution
package import Experiments
import Foundation
package import Training

/// Where the time of one iteration of an experiment's training goes.
package struct TrainingProfile: Codable, Sendable {
  package let experiment: ExperimentID
  /// What one core does at most in registers, in floating-point operations a second.
  package let peak: Double
  package let parts: [PartProfile]

  /// The steps that take longest, until less than a twentieth of the time is left: label, milliseconds, share of the
  /// time, GFLOP/s of a convolution or product and GB/s of anything else, and the share of the core's peak.
  package func listing(of part: PartProfile) -> Listing {
    let total = part.steps.map(\.seconds).reduce(0, +)
    let sorted = part.steps.sorted { $0.seconds > $1.seconds }
    var (rows, told) = ([[String]](), 0.0)
    for step in sorted where told < 0.95 * total {
      told += step.seconds
      rows.append(row(step, total: total))
    }
    let others = String(format: "%.3f", (total - told) * 1e3)
    if rows.count < sorted.count { rows.append(["\(sorted.count - rows.count) other steps", others, "", "", ""]) }
    rows.append(["in all", String(format: "%.3f", total * 1e3), "", rate(part.operations, total, "GFLOP/s"), ""])
    rows[rows.count - 1][4] = share(part.operations, total)
    return Listing(columns: ["step of \(part.part)", "ms", "time", "rate", "of peak"], rows: rows)
  }

  private func row(_ step: StepProfile, total: Double) -> [String] {
    // What follows "by" is the implementation's name, which the whole listing in JSON has.
    let label = step.label.components(separatedBy: " by ").first ?? step.label
    let isArithmetic = step.operations > 0
    return [
      label.count > 42 ? label.prefix(41) + "…" : label, String(format: "%.3f", step.seconds * 1e3),
      String(format: "%.1f%%", 100 * step.seconds / max(total, .leastNormalMagnitude)),
      isArithmetic ? rate(step.operations, step.seconds, "GFLOP/s") : rate(step.bytes, step.seconds, "GB/s"),
      isArithmetic ? share(step.operations, step.seconds) : "",
    ]
  }

  private func rate(_ amount: Double, _ seconds: Double, _ unit: String) -> String {
    seconds > 0 ? String(format: "%.0f ", amount / seconds * 1e-9) + unit : ""
  }

  private func share(_ operations: Double, _ seconds: Double) -> String {
    seconds > 0 ? String(format: "%.0f%%", 100 * operations / seconds / peak) : ""
  }
}

extension PartProfile {
  /// Floating-point operations of its convolutions and products.
  fileprivate var operations: Double { steps.map(\.operations).reduce(0, +) }
}

extension Workspace {
  /// Times each step of an iteration of the first experiment that a selector matches, over several runs.
  /// - Throws: `HarnessError.unknownExperiment`, `SettingsError`, and `ExecutionError`.
  package func profile(_ selector: String, tier: Tier = .paper, runs: Int = 15) throws -> TrainingProfile? {
    guard let experiment = try papers.experiments(matching: [selector]).first,
      let configuration = experiment.configurations[tier]
    else { return nil }
    return TrainingProfile(
      experiment: experiment.id, peak: kernel_fma_peak(0.1), parts: try Training.profile(configuration, runs: runs))
  }
}
