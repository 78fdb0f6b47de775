import CKernels
import Execution
import Experiments
import Foundation
import Training

/// How fast one core trains, and whether the machine has it to give: a training's iteration timed again and again.
struct SpeedExamination: Examination {
  /// Measured for so long.
  var seconds = 8.0
  /// What is trained.
  static let experiment = ExperimentID(paper: "dpvae", dataset: "mnist", method: "vae")

  var takesSeconds: Bool { true }

  func findings(at site: Site) -> [Finding] {
    do {
      let papers = try PaperCatalog(baselines: try site.baselines.get())
      guard let configuration = papers.experiments.first(where: { $0.id == Self.experiment })?.configurations[.nightly]
      else { return [] }
      return [Self.finding(try measure(configuration), iterations: configuration.training.iterations)]
    } catch {
      return [Finding("speed", .limited, "not measured: \(sentence(of: error))")]
    }
  }

  /// What was measured of one core.
  struct Speed {
    /// Floating-point operations a second at most.
    let peak: Double
    /// Floating-point operations of an iteration's convolutions and products.
    let operations: Double
    /// Seconds of an iteration, each time; at least one.
    let iterations: [Double]

    var median: Double { iterations.sorted()[iterations.count / 2] }
    /// (Largest − least) / median.
    var spread: Double { ((iterations.max() ?? 0) - (iterations.min() ?? 0)) / median }
    /// Of the peak.
    var share: Double { operations / median / peak }
  }

  private func measure(_ configuration: Configuration) throws -> Speed {
    let (peak, began) = (kernel_fma_peak(0.5), Date())
    var (times, operations) = ([Double](), 0.0)
    repeat {
      let steps = try Training.profile(configuration, runs: 15).flatMap(\.steps)
      times.append(steps.map(\.seconds).reduce(0, +))
      operations = steps.map(\.operations).reduce(0, +)
    } while Date().timeIntervalSince(began) < seconds
    return Speed(peak: peak, operations: operations, iterations: times)
  }

  static func finding(_ speed: Speed, iterations: Int) -> Finding {
    let account = String(
      format:
        "%.0f GFLOP/s a core at most, an iteration of %@ %.1f ms at %.0f %% of that, %.1f minutes a nightly training",
      speed.peak * 1e-9, "\(experiment)", speed.median * 1e3, 100 * speed.share,
      speed.median * Double(iterations) / 60)
    if speed.spread > 0.3 {
      return Finding(
        "speed", .limited,
        account + String(format: "; times differ by %.0f %%: other programs are at work", 100 * speed.spread))
    }
    return speed.share < 0.25
      ? Finding("speed", .limited, account + "; that is slow: assay doctor --profile \(experiment) tells where")
      : Finding("speed", .good, account)
  }
}
