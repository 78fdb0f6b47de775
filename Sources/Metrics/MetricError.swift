package import Experiments

/// Why a metric has no number.
package enum MetricError: Error, Equatable, CustomStringConvertible {
  case unknownMetric(MetricID, known: [String])
  case unknownArgument(MetricID, key: String, known: [String])
  case choiceNeeded(MetricID, key: String, values: [String])
  case notApplicable(String)
  case tooFew(String, count: Int, needed: Int)
  case keepsTooMany(kept: Int, draws: Int)
  case coincident(count: Int)
  case noEigenvalues(status: Int)
  case notFinite(String)
  case channels(Int)
  case weightsMissing
  case weightsShort(asked: Int, deepest: Int)
  case otherReference(MetricID, given: String)
  case unlikeShapes([Int], [Int])
  case imageSize([Int])

  package var description: String { sentence.inOneLine }

  private var sentence: String {
    switch self {
    case .unknownMetric(let id, let known):
      "no metric is named '\(id.name)'; there are: \(known.joined(separator: ", "))"
    case .unknownArgument(let id, let key, let known):
      "'\(id)' gives '\(key)', which \(id.name) does not take: "
        + (known.isEmpty ? "it takes no arguments" : "it takes \(known.joined(separator: ", "))")
        + ", and counts come from the configuration's evaluation settings"
    case .choiceNeeded(let id, let key, let values):
      "'\(id)' must say \(key), as in \(id.with([key: values.first ?? ""])); it may be: \(values.joined(separator: ", "))"
    case .notApplicable(let reason): reason
    case .tooFew(let what, let count, let needed):
      "there are \(count) \(what), and at least \(needed) are needed; raise the configuration's counts"
    case .keepsTooMany(let kept, let draws):
      "evaluation.lowPosteriorKept is \(kept) of evaluation.lowPosteriorDraws = \(draws); keep at least one and not more "
        + "than are drawn"
    case .coincident(let count):
      "all of \(count) points coincide with another, so that distances to nearest neighbours say nothing"
    case .noEigenvalues(let status):
      "LAPACK's dsyevd found no eigenvalues of a matrix of moments (status \(status)); look for features that are not finite"
    case .notFinite(let what): "some \(what) are not finite; look for a training that diverged"
    case .channels(let count):
      "the Inception network takes images in grey or in red, green and blue, not in \(count) channels"
    case .weightsMissing: "the Inception network's weights are not there; run 'assay prepare inception'"
    case .weightsShort(let asked, let deepest):
      "the prepared Inception weights reach to \(deepest) features only, not to \(asked); run 'assay prepare inception' with "
        + "the whole network's file"
    case .unlikeShapes(let a, let b):
      "images of shape \(a) and real ones of shape \(b) have no features in common but the Inception network's"
    case .imageSize(let shape):
      "images of shape \(shape) are too small for a convolution or too large for memory; ask for fid/inception-2048, which "
        + "resizes them"
    case .otherReference(let id, let given):
      "'\(id)' asks for real images of ref=\(id["ref"] ?? ""), and those that are compared with are '\(given)'; leave ref out"
    }
  }
}
