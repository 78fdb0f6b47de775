import Datasets
import Experiments
import Methods
import Tensors

/// Straight lines through generation space, decoded: between the codes of two test images, and along single dimensions.
///
/// Lines run through z₀ = g(z), where the prior is N(0, I), and are carried back by g⁻¹; without a flow they are straight in z
/// too. The codes are means of posteriors. Source: dpVAE, Figs. 6 to 8; riddhishb/dpVAE, `traverse_all`, `traverse_hiz` and
/// `rank_zdims` (whose deviations are about a sum in place of the mean). The images are ours, and the same for every method.
struct Traversals {
  /// Lines between two images each, and the equal steps of a line.
  static let (pairs, steps) = (5, 10)

  /// Lines along single dimensions, the equal steps of each and how far it reaches to either side.
  static let (factors, factorSteps, reach) = (5, 6, Float(5))

  private let subject: Subject
  /// z₀ of up to 10,000 test items, `[items, latents]`; those of the lines' ends come first.
  private let generation: Matrix

  /// `nil` where items are no images, or there are none.
  init?(of subject: Subject, _ posteriors: Posteriors) {
    let test = subject.dataset.test
    guard subject.hasImages, test.count > 0 else { return nil }
    let items = test.subset(max(2 * Traversals.pairs, min(10_000, test.count)))
    self.subject = subject
    generation = subject.model.generation(of: posteriors.means.picking(items)).codes
  }

  /// The grids `traversals`, a row a line with both ends, and `factor-traversals`, a row a dimension; in two latent
  /// dimensions also `traversal-paths`, the lines' codes z over the others.
  func artefacts(over codes: PointCloud) -> [Artefact] {
    let lines = (0..<Traversals.pairs).map { line(between: $0) }
    let grids = [
      grid("traversals", of: lines, columns: Traversals.steps + 1),
      grid("factor-traversals", of: widest.map { line(along: $0) }, columns: Traversals.factorSteps + 1),
    ]
    guard subject.model.latents == 2 else { return grids }
    let paths = lines.enumerated().reduce(codes) { $0.adding($1.element, "path \($1.offset + 1)") }
    return grids + [Artefact(name: "traversal-paths", content: .points(paths))]
  }

  private func grid(_ name: String, of lines: [Matrix], columns: Int) -> Artefact {
    let codes = Matrix.stacking(lines, columns: subject.model.latents)
    let images = subject.shown(codes, by: subject.pictureNoise(name))
    return Artefact(name: name, content: .grid(subject.grid(of: images, columns: columns)))
  }

  /// The codes z of a line from one end to the other, `[steps + 1, latents]`.
  private func line(between pair: Int) -> Matrix {
    let (start, end) = (generation[2 * pair], generation[2 * pair + 1])
    let points = (0...Traversals.steps).flatMap { step in
      let share = Float(step) / Float(Traversals.steps)
      return zip(start, end).map { (1 - share) * $0 + share * $1 }
    }
    return subject.model.representation(
      of: Matrix(rows: Traversals.steps + 1, columns: generation.columns, values: points))
  }

  /// The codes z of a line through the first item's code along a dimension of z₀, `[factorSteps + 1, latents]`.
  private func line(along dimension: Int) -> Matrix {
    let rows = Traversals.factorSteps + 1
    var points = Matrix.stacking(Array(repeating: generation.rows(0..<1), count: rows), columns: generation.columns)
    for step in 0..<rows {
      points[step, dimension] += Traversals.reach * (2 * Float(step) / Float(Traversals.factorSteps) - 1)
    }
    return subject.model.representation(of: points)
  }

  /// The dimensions of z₀ in which codes are spread most, widest first.
  private var widest: [Int] {
    let variances = columnMoments(of: generation).map(\.variance)
    let order = variances.indices.sorted { (variances[$1], $0) < (variances[$0], $1) }
    return Array(order.prefix(Traversals.factors))
  }
}
