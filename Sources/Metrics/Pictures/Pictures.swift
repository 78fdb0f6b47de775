import Datasets
import Experiments
import Methods
import Tensors

/// What the pictures of runs are called.
package enum PictureCatalog {
  package static let names = [
    "factor-traversals",
    "high-posterior-samples",
    "latents",
    "low-posterior-samples",
    "reconstructions",
    "samples",
    "traversal-paths",
    "traversals",
  ]
}

/// The pictures of a run for its report.
///
/// Their noise comes from a stream that depends neither on the run's seed nor on its method: the same z₀ lies behind the
/// same place of every method's picture. Images make grids, ten in a row, with traversals of the latent space; points make
/// clouds.
func pictures(on evidence: Evidence) -> [Artefact] {
  let (subject, posteriors) = (evidence.subject, evidence.codes.posteriors)
  let generator = Generator(seed: 0).split("pictures")
  let shown = subject.hasImages ? 100 : 1000
  let codes = latents(of: subject, posteriors, generator.split("latents"))
  let traversals = Traversals(of: subject, posteriors)?.artefacts(over: codes) ?? []
  let common =
    [
      subject.reconstructions(from: posteriors),
      subject.picture("samples", of: subject.priorCodes(shown, generator.split("samples"))),
    ].compactMap { $0 } + traversals
  guard subject.hasDensities else { return [Artefact(name: "latents", content: .points(codes))] + common }
  let low = subject.lowPosteriorCodes(shown, generator.split("low-posterior"))
  let high = HighPosterior(of: subject, among: posteriors, generator: generator.split("high-posterior")).codes(shown)
  return [
    Artefact(name: "latents", content: .points(codes.adding(low, "low-posterior").adding(high, "high-posterior")))
  ] + common
    + [
      subject.picture("low-posterior-samples", of: low),
      subject.picture("high-posterior-samples", of: high),
    ].compactMap { $0 }
}

/// About a thousand codes of test items, a group for each class: the first two dimensions of the latent space.
private func latents(of subject: Subject, _ posteriors: Posteriors, _ generator: Generator) -> PointCloud {
  let test = subject.dataset.test
  let count = min(1000, test.count)
  let items = test.subset(count)
  let codes = posteriors.samples(items, generator)
  guard !test.labels.isEmpty else { return PointCloud(groups: []).adding(codes, "posterior") }
  return Set(test.labels).sorted().reduce(PointCloud(groups: [])) { cloud, label in
    cloud.adding(codes.picking(items.indices.filter { test.labels[items[$0]] == label }), "posterior \(label)")
  }
}

extension Subject {
  /// Low-posterior codes, none where the settings keep none; the metrics say so.
  fileprivate func lowPosteriorCodes(_ count: Int, _ generator: Generator) -> Matrix {
    do { return try LowPosterior(of: self, generator: generator).codes(count) } catch {
      return Matrix(rows: 0, columns: model.latents)
    }
  }

  /// The decoded codes as a grid, or as a cloud over the training points; `nil` where there are none.
  fileprivate func picture(_ name: String, of codes: Matrix) -> Artefact? {
    guard codes.rows > 0 else { return nil }
    let items = shown(codes, by: pictureNoise(name))
    guard !hasImages else { return Artefact(name: name, content: .grid(grid(of: items))) }
    let train = dataset.train
    let count = min(1000, train.count)
    let data = train.matrix(train.subset(count))
    return Artefact(name: name, content: .points(PointCloud(groups: []).adding(data, "data").adding(items, name)))
  }

  /// Test items and what becomes of them when the mean of the posterior is decoded: rows of ten, and below each its
  /// reconstructions.
  fileprivate func reconstructions(from posteriors: Posteriors) -> Artefact {
    let test = dataset.test
    let count = min(hasImages ? 50 : 1000, test.count)
    let items = test.subset(count)
    let (originals, rebuilt) = (
      test.matrix(items), shown(posteriors.means.picking(items), by: pictureNoise("reconstructions"))
    )
    guard hasImages else {
      let cloud = PointCloud(groups: []).adding(originals, "data").adding(rebuilt, "reconstructions")
      return Artefact(name: "reconstructions", content: .points(cloud))
    }
    let rows = stride(from: 0, to: count, by: 10).flatMap { start in
      let range = start..<min(start + 10, count)
      return [originals.rows(range), rebuilt.rows(range)]
    }
    return Artefact(name: "reconstructions", content: .grid(grid(of: .stacking(rows, columns: originals.columns))))
  }

  /// Of what is drawn by a decoder.
  func pictureNoise(_ name: String) -> Generator { Generator(seed: 0).split("pictures/shown").split(name) }
}
