/// The losses of a batch, or their means over several, in nats per image.
struct Losses: Codable, Equatable {
  /// The objective as it is minimised, without the constants that the papers leave out.
  var loss = 0.0
  /// w · SSE, the Gaussian decoder's negative log-likelihood without its constants.
  var reconstruction = 0.0
  /// KL(q(z|x) ‖ p(z)), with the constant that the objective leaves out of a decoupled prior's.
  var kl = 0.0

  var isFinite: Bool { loss.isFinite && reconstruction.isFinite && kl.isFinite }

  /// In the order of the curves.
  var named: [(name: String, value: Double)] { [("loss", loss), ("reconstruction", reconstruction), ("kl", kl)] }

  static func += (total: inout Losses, next: Losses) {
    total.loss += next.loss
    total.reconstruction += next.reconstruction
    total.kl += next.kl
  }

  func divided(by count: Int) -> Losses {
    Losses(loss: loss / Double(count), reconstruction: reconstruction / Double(count), kl: kl / Double(count))
  }
}
