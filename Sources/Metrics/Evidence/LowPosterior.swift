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
    let (together, order) = (max(1, chunk / batch), order(of: rounds * batch))
    let parts = stride(from: 0, to: rounds, by: together).flatMap { start in
      codes(inRounds: start..<min(start + together, rounds), order)
    }
    return Matrix.stacking(parts, columns: subject.model.latents).rows(0..<count)
  }

  /// The codes kept in each of some rounds, whose items are encoded together.
  private func codes(inRounds rounds: Range<Int>, _ order: [Int]) -> [Matrix] {
    let (batch, draws) = (subject.configuration.training.batch, subject.settings.lowPosteriorDraws)
    let items = order[(rounds.lowerBound * batch)..<(rounds.upperBound * batch)]
    let posteriors = subject.model.encode(subject.dataset.train.matrix(items))
    return rounds.indices.map { round in
      let prior = subject.model.priorCodes(draws, by: generator.split("prior"), stream: UInt64(round))
      let position = round - rounds.lowerBound
      let mixture = posteriors.picking(Array((position * batch)..<((position + 1) * batch)))
      return lowest(of: prior, under: mixture)
    }
  }

  /// Training items, batch after batch, in an order of their own for each pass over all.
  private func order(of count: Int) -> [Int] {
    let total = subject.dataset.train.count
    let passes = (0..<((count + total - 1) / total)).flatMap { pass in
      generator.split("order").permutation(total, stream: UInt64(pass)).map(Int.init)
    }
    return Array(passes.prefix(count))
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
