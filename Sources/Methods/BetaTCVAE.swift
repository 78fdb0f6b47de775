import Distributions
package import Experiments
package import Tensors

/// β-TCVAE: REC + α · MI + β · TC + γ · DW, the divergence taken apart into the index-code mutual information, the total
/// correlation of the codes' dimensions, and the dimension-wise divergence from the prior.
///
/// MI = mean(log q(z|x) − log q(z)), TC = mean(log q(z) − log ∏ q(z_d)), DW = mean(log ∏ q(z_d) − log p(z)), with q(z)
/// estimated from the batch by stratified sampling: see `AggregateDensity`. As in dpVAE's code REC is a sum over the
/// batch and the three are means, so that their weights count 1 / B of what they do in the original.
///
/// Two slips of that code are switches. `mssPerDim` counts the log-weight of a pair once for each dimension; `tcLogDet`
/// at 0 measures DW with log N(g(z); 0, I) alone, without the log-determinant of a decoupled prior.
package struct BetaTCVAE: Method {
  package static let card = MethodCard(
    name: "beta-tcvae", title: "β-TCVAE",
    source:
      "Chen et al. 2018 (arXiv 1802.04942), Eq. 4 and appendix C.2; as dpVAE's code sums it, github riddhishb/dpVAE, "
      + "trainers/betatc_trainer.py",
    settings: [
      Setting(name: "alpha", meaning: "the weight α of the mutual information"),
      Setting(name: "beta", meaning: "the weight β of the total correlation", typical: 4),
      Setting(name: "gamma", meaning: "the weight γ of the dimension-wise divergence"),
      Setting(
        name: "mssPerDim", meaning: "1 if a pair's log-weight counts once for each dimension, 0 if once", typical: 0),
      Setting(name: "tcLogDet", meaning: "1 if the prior's density has its log-determinant, 0 if not"),
    ])

  package static let specialCase = SpecialCase(
    "α = β = γ = 1: REC + mean(log q(z|x) − log p(z)), whatever estimates q(z)",
    settings: ["alpha": 1, "beta": 1, "gamma": 1, "mssPerDim": 0, "tcLogDet": 1]
  ) { pass in
    pass.reconstruction + (posteriorDensities(pass) - priorDensities(pass, hasLogDeterminant: true)).mean()
  }

  private let alpha: Float
  private let beta: Float
  private let gamma: Float
  private let isWeightPerDimension: Bool
  private let hasLogDeterminant: Bool

  package init(settings: SettingValues) {
    alpha = settings["alpha"]
    beta = settings["beta"]
    gamma = settings["gamma"]
    isWeightPerDimension = settings["mssPerDim"] != 0
    hasLogDeterminant = settings["tcLogDet"] != 0
  }

  /// Two: what is estimated are relations between the items of a batch.
  package var smallestBatch: Int { 2 }

  package func objective(_ pass: ForwardPass) -> Tensor {
    let aggregate = AggregateDensity(pass)
    let (joint, product) = (aggregate.joint(isWeightPerDimension: isWeightPerDimension), aggregate.product())
    let information = (Self.posteriorDensities(pass) - joint).mean()
    let correlation = (joint - product).mean()
    let divergence = (product - Self.priorDensities(pass, hasLogDeterminant: hasLogDeterminant)).mean()
    return pass.reconstruction + alpha * information + beta * correlation + gamma * divergence
  }

  /// log q(z|x) of each code under its own posterior: `[batch]`.
  private static func posteriorDensities(_ pass: ForwardPass) -> Tensor {
    logNormal(pass.codes, mean: pass.mean, logVariance: pass.logVariance).sumPerItem()
  }

  /// log p(z) of each code: `[batch]`.
  private static func priorDensities(_ pass: ForwardPass, hasLogDeterminant: Bool) -> Tensor {
    let (codes, logDeterminants) = pass.prior.generation(of: pass.codes)
    let standard = codes.square.sumPerItem().affine(-0.5, -halfLogTau * Float(codes.shape[1]))
    return hasLogDeterminant ? standard + logDeterminants : standard
  }
}
