import Datasets
import Experiments
import Methods
import Tensors

/// What metrics share about one subject, each part gathered when it is first asked for and then kept.
///
/// Every part draws from its own stream, `seed → "evaluate" → purpose`: a number does not depend on what else was
/// measured before it.
package final class Evidence {
  let subject: Subject
  private let instruments: Instruments

  package init(of subject: Subject, with instruments: Instruments) {
    self.subject = subject
    self.instruments = instruments
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

  /// The features of the model's items and of the dataset's.
  private(set) lazy var library = FeatureLibrary(instruments, shape: subject.dataset.card.itemShape) {
    [unowned self] role in try images(role)
  }

  /// The number of items of a role: as many as the settings ask for, and no more than there are real ones.
  func count(of role: ImageRole) -> Int {
    let (train, test) = (subject.dataset.train.count, subject.dataset.test.count)
    return switch role {
    case .samples, .lowPosterior, .highPosterior: min(subject.settings.samples, train)
    case .reconstructions: min(subject.settings.samples, train, test)
    case .train: train
    case .test: test
    case .given: 0
    }
  }

  private func images(_ role: ImageRole) throws -> any ImageSource {
    let count = count(of: role)
    return switch role {
    case .samples: shown(subject.priorCodes(count, generator("samples")), as: "fd")
    case .lowPosterior: shown(try lowPosteriorCodes(count), as: "fd-lp")
    case .highPosterior: shown(try highPosteriorCodes(count), as: "fd-hp")
    case .reconstructions: shown(codes.samples.picking(subject.dataset.test.subset(count)), as: "fd-rec")
    case .train: DatasetImages(.train, of: subject.dataset)
    case .test: DatasetImages(.test, of: subject.dataset)
    case .given: throw MetricError.notApplicable("a trained model is compared with its dataset")
    }
  }

  /// - Parameter name: of the stream of what decoders draw, which is called as the first metric that needed it.
  private func shown(_ codes: Matrix, as name: String) -> ModelImages {
    let space = subject.hasImages ? FeatureSpace.randomConvolutions : .coordinates
    return ModelImages(subject: subject, codes: codes, noise: generator("shown").split("\(name)/\(space.name)"))
  }

  private func lowPosteriorCodes(_ count: Int) throws -> Matrix {
    try subject.needDensities()
    return try LowPosterior(of: subject, generator: generator("low-posterior")).codes(count)
  }

  private func highPosteriorCodes(_ count: Int) throws -> Matrix {
    try subject.needDensities()
    return HighPosterior(of: subject, among: codes.posteriors, generator: generator("high-posterior")).codes(count)
  }
}
