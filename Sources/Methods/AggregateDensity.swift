import Foundation
import Tensors

/// The densities of a batch's codes under the aggregate posterior q(z), the mean of q(z|x) over all N training items, and
/// under the product of its dimensions' own, estimated from the batch by minibatch stratified sampling.
///
/// log q(z_i) ≈ log Σ_j W_ij q(z_i|x_j). Source: Chen et al. 2018 (arXiv 1802.04942), appendix C.2; the weights are those
/// of its code, github rtqichen/beta-tcvae, `_log_importance_weight_matrix`, which dpVAE's follows.
struct AggregateDensity {
  /// log q(z_id | x_j): `[B, B, L]`, from i to j to d.
  private let densities: Tensor
  /// log W_ij: `[B, B, 1]`.
  private let weights: Tensor

  init(_ pass: ForwardPass) {
    let (batch, latents) = (pass.batch, pass.codes.shape[1])
    densities = logNormal(
      pass.codes.reshaped([batch, 1, latents]), mean: pass.mean.reshaped([1, batch, latents]),
      logVariance: pass.logVariance.reshaped([1, batch, latents]))
    weights = Self.weights(in: pass.graph, batch: batch, trainCount: pass.trainCount)
  }

  /// log q(z) of each code: `[batch]`.
  /// - Parameter isWeightPerDimension: whether log W counts L times instead of once.
  func joint(isWeightPerDimension: Bool) -> Tensor {
    let share = isWeightPerDimension ? Float(densities.shape[2]) : 1
    return (densities.sum(along: [2]) + weights * share).logSumExp(along: [1]).reshaped([densities.shape[0]])
  }

  /// log ∏_d q(z_d) of each code: `[batch]`.
  func product() -> Tensor { (densities + weights).logSumExp(along: [1]).sumPerItem() }

  /// log W: with M = B − 1 its first column is 1 / N, the second (N − M) / (N M), all others 1 / M; but the first number
  /// of the last row but one is that of the second column.
  private static func weights(in graph: Graph, batch: Int, trainCount: Int) -> Tensor {
    precondition(trainCount >= batch && batch >= 2, "a batch of \(batch) does not stratify \(trainCount) items")
    let (all, others) = (Double(trainCount), Double(batch - 1))
    let block = { (weight: Double, rows: Int, columns: Int) -> [Tensor] in
      rows * columns == 0 ? [] : [graph.constant(Float(log(weight)), [rows, columns])]
    }
    let remainder = (all - others) / (all * others)
    let first = block(1 / all, batch - 2, 1) + block(remainder, 1, 1) + block(1 / all, 1, 1)
    let columns =
      [Tensor.concatenate(first, axis: 0)] + block(remainder, batch, 1) + block(1 / others, batch, batch - 2)
    return .concatenate(columns, axis: 1).reshaped([batch, batch, 1])
  }
}

/// ½ log 2π
let halfLogTau: Float = 0.918_938_533

/// log N(x; mean, e^logVariance) of every element, the operands stretched as needed.
func logNormal(_ x: Tensor, mean: Tensor, logVariance: Tensor) -> Tensor {
  ((x - mean).square * (-logVariance).exp + logVariance).affine(-0.5, -halfLogTau)
}
