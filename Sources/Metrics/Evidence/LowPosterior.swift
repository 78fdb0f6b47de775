import Datasets
import Experiments
import Methods
import Tensors

/// Draws of the prior where the aggregate posterior is thinnest, after Rosca et al. (2018) as dpVAE does it.
///
/// For each batch of training items, its posteriors are taken as q(z); of `lowPosteriorDraws` draws of the prior the
/// `lowPosteriorKept` with the lowest log q(z) are kept, lowest first; and so on with further batches until there are
/// enough. Source: riddhishb/dpVAE, `low_posterior` and `generate_lowpos_samples`.
struct LowPosterior {
  private let subject: Subject
  private let generator: Generator

  /// - Throws: `MetricError.keepsTooMany` where the settings keep none, or more than they draw.
  init(of subject: Subject, generator: Generator) throws(MetricError) {
    let settings = subject.settings
    guard settings.lowPosteriorKept > 0, settings.lowPosteriorKept <= settings.lowPosteriorDraws else {
      throw .keepsTooMany(kept: settings.lowPosteriorKept, draws: settings.lowPosteriorDraws)
    }
    self.subject = subject
    self.generator = generator
  }

  /// Codes z `[count, latents]`.
  func codes(_ count: Int) -> Matrix {
    let (kept, batch) = (subject.settings.lowPosteriorKept, subject.configuration.training.batch)
    let rounds = (count + kept - 1) / kept
    let together = max(1, chunk / batch)
    let parts = stride(from: 0, to: rounds, by: together).flatMap { codes(inRounds: $0..<min($0 + together, rounds)) }
    return Matrix.stacking(parts, columns: subject.model.latents).rows(0..<count)
  }

  /// The codes kept in each of some rounds, whose items are encoded together.
  private func codes(inRounds rounds: Range<Int>) -> [Matrix] {
    let (batch, draws) = (subject.configuration.training.batch, subject.settings.lowPosteriorDraws)
    let posteriors = subject.model.encode(subject.dataset.train.matrix(rounds.flatMap { items(ofRound: $0) }))
    let latents = subject.model.latents
    let noise = rounds.flatMap { generator.split("prior").normals(draws * latents, stream: UInt64($0)) }
    let prior = subject.model.representation(
      of: Matrix(rows: rounds.count * draws, columns: latents, values: noise))
    return rounds.indices.map { round in
      let position = round - rounds.lowerBound
      let mixture = posteriors.picking(Array((position * batch)..<((position + 1) * batch)))
      return lowest(of: prior.rows((position * draws)..<((position + 1) * draws)), under: mixture)
    }
  }

  /// A batch of training items, in an order of their own for each pass over all.
  private func items(ofRound round: Int) -> [Int] {
    let (batch, total) = (subject.configuration.training.batch, subject.dataset.train.count)
    let places = (round * batch)..<((round + 1) * batch)
    let order = generator.split("order")
    let passes = Array((places.lowerBound / total)...((places.upperBound - 1) / total))
    let permutations = passes.map { order.permutation(total, stream: UInt64($0)) }
    return places.map { Int(permutations[$0 / total - passes[0]][$0 % total]) }
  }

  private func lowest(of draws: Matrix, under posteriors: Posteriors) -> Matrix {
    let density: MixtureDensity =
      switch subject.settings.lowPosteriorDensity {
      case .exact: MixtureDensity(posteriors)
      case .authors: .authors(posteriors)
      }
    let indices = Metrics.lowest(subject.settings.lowPosteriorKept, of: density.logDensities(draws))
    return draws.picking(indices)
  }
}

/// The indices of the lowest numbers, lowest first; of equals the earlier.
func lowest(_ count: Int, of values: [Double]) -> [Int] {
  Array(values.indices.sorted { (values[$0], $0) < (values[$1], $1) }.prefix(count))
}
