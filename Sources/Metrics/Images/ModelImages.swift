import Datasets
import Methods
import Tensors

/// What a model shows of codes; images clamped to [0, 1], as when they are written as pictures.
struct ModelImages: ImageSource {
  let subject: Subject
  /// `[count, latents]`
  let codes: Matrix
  /// Of what is drawn by a decoder.
  let noise: Generator

  var count: Int { codes.rows }
  var shape: [Int] { subject.dataset.card.itemShape }
  var contentKey: String? { nil }

  func images(_ range: Range<Int>) -> Matrix { subject.shown(codes.rows(range), by: noise, from: range.lowerBound) }
}

/// Which images are measured or compared with.
enum ImageRole: String, CaseIterable, Hashable, Sendable {
  /// Decoded draws of the prior.
  case samples = "samples"
  /// Decoded draws of the prior where the aggregate posterior is thinnest.
  case lowPosterior = "low-posterior samples"
  /// Decoded draws of the aggregate posterior where the prior is thinnest.
  case highPosterior = "high-posterior samples"
  /// Test items rebuilt from one code of each.
  case reconstructions = "reconstructions"
  case train = "training items"
  case test = "test items"
  /// Real images that were given instead of a dataset.
  case given = "reference images"
}

extension Subject {
  /// Draws z of what the model generates from, `[count, latents]`.
  func priorCodes(_ count: Int, _ generator: Generator) -> Matrix {
    let parts = chunks(count).enumerated().map { index, range in
      model.priorCodes(range.count, by: generator, stream: UInt64(index))
    }
    return .stacking(parts, columns: model.latents)
  }

  /// What is shown of codes; images clamped to [0, 1], as when they are written as pictures.
  /// - Parameter row: the number of the first code among all those shown by this generator.
  func shown(_ codes: Matrix, by generator: Generator, from row: Int = 0) -> Matrix {
    var items = model.show(codes, by: generator, from: row)
    guard hasImages else { return items }
    for index in items.values.indices { items.values[index] = min(max(items.values[index], 0), 1) }
    return items
  }
}
