/// The losses of a batch, or their means over several, in nats per image where nothing else is said.
struct Losses: Codable, Equatable {
  /// The objective as it is minimised, without the constants that the papers leave out.
  var loss = 0.0
  /// w · SSE, the Gaussian decoder's negative log-likelihood without its constants.
  var reconstruction = 0.0
  /// KL(q(z|x) ‖ p(z)), with the constant that the objective leaves out of a decoupled prior's.
  var kl = 0.0
  /// The squared error of a number of an item, about the mean of p(x|z); `nil` where that is not looked at.
  var squaredError: Double?

  var isFinite: Bool { loss.isFinite && reconstruction.isFinite && kl.isFinite && squaredError?.isFinite != false }

  /// In the order of the curves.
  var named: [(name: String, value: Double)] {
    [("loss", loss), ("reconstruction", reconstruction), ("kl", kl)] + (squaredError.map { [("mse", $0)] } ?? [])
  }

  static func += (total: inout Losses, next: Losses) {
    total.loss += next.loss
    total.reconstruction += next.reconstruction
    total.kl += next.kl
    if let error = next.squaredError { total.squaredError = (total.squaredError ?? 0) + error }
  }

  func divided(by count: Int) -> Losses {
    let share = { (sum: Double) in sum / Double(count) }
    return Losses(
      loss: share(loss), reconstruction: share(reconstruction), kl: share(kl), squaredError: squaredError.map(share))
  }
}
