/// What a curve is called on a page, and what its axes say.
struct CurveWords {
  let title: String
  let x: String
  /// With the unit.
  let y: String

  /// A curve that is not listed goes by its own name.
  static func words(for name: String) -> CurveWords {
    all.first { $0.name == name }?.words ?? CurveWords(title: name, x: "iteration", y: name)
  }

  private static let all: [(name: String, words: CurveWords)] = [
    ("kl", training("KL divergence")),
    ("leakage", CurveWords(title: "leakage", x: "threshold t of the prior log-density", y: "leakage score (nats)")),
    ("log-sigma", CurveWords(title: "log σ of the decoder", x: "iteration", y: "log σ")),
    ("loss", training("loss")),
    (
      "mse",
      CurveWords(title: "squared error of training items", x: "iteration", y: "squared error per number of an item")
    ),
    (
      "noise-injection",
      CurveWords(
        title: "change of the image under noise in one dimension", x: "rank of the dimension by posterior variance",
        y: "variance of the decoded image (intensity²)")
    ),
    (
      "posterior-variance",
      CurveWords(
        title: "posterior variance of a dimension", x: "rank of the dimension, from the smallest",
        y: "mean posterior variance")
    ),
    ("reconstruction", training("reconstruction loss")),
    ("second-kl", training("KL divergence of the second stage", per: "code")),
    (
      "second-log-sigma",
      CurveWords(title: "log σ of the second stage's decoder", x: "iteration", y: "log σ")
    ),
    ("second-loss", training("loss of the second stage", per: "code")),
    ("second-reconstruction", training("reconstruction loss of the second stage", per: "code")),
    ("spectrum-normal", spectrum("independent normal numbers")),
    ("spectrum-u", spectrum("codes of the second stage")),
    ("spectrum-z", spectrum("codes of the first stage")),
  ]

  private static func training(_ title: String, per item: String = "item") -> CurveWords {
    CurveWords(title: title, x: "iteration", y: "\(title) (nats per \(item))")
  }

  private static func spectrum(_ title: String) -> CurveWords {
    CurveWords(title: title, x: "rank, from the largest", y: "singular value / √n")
  }
}
