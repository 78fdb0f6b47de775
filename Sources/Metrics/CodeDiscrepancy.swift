package import Experiments
import Tensors

/// The squared maximum mean discrepancy of the aggregate posterior and N(0, I), each by as many draws.
///
/// Codes are one of each of n training items, of the first stage in `z` and of the second in `u` (Dai and Wipf 2019,
/// Table 3). The paper does not give its kernel: this is WAE's, a sum of inverse multiquadrics, see
/// `multiquadricDiscrepancy`. The statistic is unbiased but for the mixed pairs' n², and can be below 0.
package struct CodeDiscrepancy: Metric {
  package var card: MetricCard {
    MetricCard(
      name: "mmd/imq", title: "MMD", unit: "squared discrepancy", direction: .lower,
      source:
        "Dai and Wipf 2019 (Two-Stage VAE), Table 3; kernel: Tolstikhin et al. 2018, github tolstikhin/wae, wae.py",
      choices: [TrainingCodes.spaces])
  }

  package func measure(_ id: MetricID, on evidence: Evidence) throws -> Measurement {
    let codes = try evidence.trainingCodes.codes(for: id["space"])
    return Measurement(
      value: multiquadricDiscrepancy(codes, evidence.normalCodes(like: codes)), count: codes.rows,
      settings: ["n": "\(codes.rows)", "ref": "train"])
  }
}
