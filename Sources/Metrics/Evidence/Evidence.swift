import Datasets
import Experiments
import Methods
package import Tensors

/// What metrics share about one subject, each part gathered when it is first asked for and then kept.
///
/// Every part draws from its own stream, `seed → "evaluate" → purpose`: a number does not depend on what else was
/// measured before it.
package final class Evidence {
  let subject: Subject
  let executor: any Executor
  private var extractors: [FeatureSpace: any FeatureExtractor] = [:]
  private var references: [ReferenceKey: FrechetReference] = [:]

  package init(of subject: Subject, executor: any Executor) {
    self.subject = subject
    self.executor = executor
  }

  /// The stream of random numbers for a purpose.
  func generator(_ purpose: String) -> Generator { Generator(seed: subject.seed).split("evaluate").split(purpose) }

  /// The test items as the model sees them, with one code of each.
  private(set) lazy var codes = TestCodes(of: subject, generator: generator("codes"))

  /// Draws of the aggregate posterior with the densities that tell leaked ones.
  private(set) lazy var leakage = LeakageDraws(codes: codes, of: subject, generator: generator("leakage"))

  /// One code of each of some training items, as the spectra of both stages see them.
  private(set) lazy var trainingCodes = TrainingCodes(of: subject, generator: generator("training codes"))

  /// The densities that the rate splits into.
  private(set) lazy var rateDensities = RateDensities(codes: codes, of: subject)

  /// What turns items into features.
  /// - Throws: `MetricError.notApplicable` where the items have no such features, or what the executor throws.
  func extractor(_ space: FeatureSpace) throws -> any FeatureExtractor {
    if let known = extractors[space] { return known }
    let extractor = try space.extractor(for: subject, executor: executor)
    extractors[space] = extractor
    return extractor
  }

  /// The features of `count` training items, which samples are compared with.
  func reference(_ space: FeatureSpace, count: Int) throws -> FrechetReference {
    let key = ReferenceKey(space: space, count: count)
    if let known = references[key] { return known }
    let train = subject.dataset.train
    let items = train.subset(count)
    let features = try FeatureMoments(of: count, in: extractor(space)) { train.matrix(items[$0]) }
    let reference = try FrechetReference(features.whole)
    references[key] = reference
    return reference
  }

  private struct ReferenceKey: Hashable {
    let space: FeatureSpace
    let count: Int
  }
}
