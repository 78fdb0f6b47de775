package import Experiments

/// The negative log-likelihood whose values of each image another program computed: their mean, with its standard error
/// over images.
///
/// How the values came about, their maker alone knows; a score has the id that it is asked for under, `nll/given` or
/// one of our own estimators' (`nll/importance?samples=5000`), and says that it was given.
package enum GivenLikelihood {
  package static let card = MetricCard(
    name: "nll/given", title: "NLL (given)", unit: "nats per image", direction: .lower,
    source: "the mean of −log p(x) as another program gives it")

  /// Whether an id can name given values: any negative log-likelihood in nats per image.
  package static func isNamed(by id: MetricID) -> Bool {
    id.name == card.name
      || MetricCatalog.all.contains {
        $0.card.name == id.name && id.name.hasPrefix("nll/") && $0.card.unit == card.unit
      }
  }

  /// - Parameter logLikelihoods: log p(x) of each image in nats.
  package static func score(_ id: MetricID, of logLikelihoods: [Double]) -> Score {
    let mean = SampleMean(of: logLikelihoods.map { -$0 })
    let key = id.name == "nll/importance" ? "images" : "n"
    return Score(
      metric: id.with([key: "\(mean.count)"]), value: mean.value, standardError: mean.standardError, unit: card.unit,
      direction: card.direction, count: mean.count,
      remark: "the mean of values that the file gives; how they were computed is not known here")
  }
}
