import Datasets
import Experiments
import Methods
import Tensors

/// One code of each of some training items, a fixed random subset: of the first stage as its prior sees it, and of the
/// second stage where there is one.
struct TrainingCodes {
  /// g(z), z ~ q(z|x), `[count, latents]`: z itself where the prior is not decoupled and the posterior has no flow.
  let first: Matrix
  /// u ~ q(u|z) of the same z, `[count, latents]`.
  let second: Matrix?

  init(of subject: Subject, generator: Generator) {
    let (model, train) = (subject.model, subject.dataset.train)
    let items = train.subset(min(subject.settings.samples, train.count))
    var (first, second) = ([Matrix](), [Matrix]())
    for (index, range) in chunks(items.count).enumerated() {
      let (rows, stream) = (Array(0..<range.count), UInt64(index))
      let z = model.encode(train.matrix(items[range])).samples(rows, generator.split("z"), stream: stream)
      first.append(model.generation(of: z).codes)
      if let posteriors = model.secondPosteriors(of: z) {
        second.append(posteriors.samples(rows, generator.split("u"), stream: stream))
      }
    }
    self.first = .stacking(first, columns: model.latents)
    self.second = second.isEmpty ? nil : .stacking(second, columns: model.latents)
  }

  /// The spaces that codes can be asked for in.
  static let spaces = MetricCard.Choice(key: "space", values: ["u", "z"])

  /// The codes that an id asks for.
  /// - Throws: `MetricError.notApplicable` for `u` without a second stage; `tooFew` for fewer than two codes.
  func codes(for space: String?) throws -> Matrix {
    guard let codes = space == "u" ? second : first else {
      throw MetricError.notApplicable("there is no second stage, whose codes are u")
    }
    guard codes.rows > 1 else { throw MetricError.tooFew("codes of training items", count: codes.rows, needed: 2) }
    return codes
  }
}
