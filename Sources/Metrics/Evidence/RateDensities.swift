import Datasets
import Methods
import Tensors

/// The three densities of codes that split the rate KL(q(z|x) ‖ p(z)), at one code of each of up to 10,000 test items.
struct RateDensities {
  /// log q(zₙ|xₙ) of each code.
  let own: [Double]
  /// log q(zₙ) of each code, q the mixture of these items' posteriors, its own among them.
  let aggregate: [Double]
  /// log p(zₙ) of each code.
  let prior: [Double]

  /// The number of codes, and of posteriors in the mixture.
  var count: Int { own.count }

  private static let largest = 10_000

  init(codes: TestCodes, of subject: Subject) {
    let items = subject.dataset.test.subset(min(Self.largest, subject.dataset.test.count))
    let samples = codes.samples.picking(items)
    self.init(
      of: codes.posteriors.picking(items), at: samples, priors: logPriors(of: samples, under: subject.model))
  }

  init(of posteriors: Posteriors, at codes: Matrix, priors: [Double]) {
    own = posteriors.logDensities(ofOwn: codes)
    aggregate = MixtureDensity(posteriors).logDensities(codes)
    prior = priors
  }

  /// log q(zₙ|xₙ) − log q(zₙ), at most log N.
  var information: [Double] { zip(own, aggregate).map { $0 - $1 } }

  /// log q(zₙ) − log p(zₙ)
  var divergences: [Double] { zip(aggregate, prior).map { $0 - $1 } }
}
