import Datasets
import Experiments
import Methods
import Tensors

/// The pictures of a run for its report.
///
/// Their noise comes from a stream that depends neither on the run's seed nor on its method: the same z₀ lies behind the
/// same place of every method's picture. Images make grids, ten in a row; points make clouds.
func pictures(on evidence: Evidence) -> [Artefact] {
  let (subject, posteriors) = (evidence.subject, evidence.codes.posteriors)
  let generator = Generator(seed: 0).split("pictures")
  let shown = subject.hasImages ? 100 : 1000
  let codes = latents(of: subject, posteriors, generator.split("latents"))
  let common = [
    subject.reconstructions(from: posteriors),
    subject.picture("samples", of: subject.priorCodes(shown, generator.split("samples"))),
  ].compactMap { $0 }
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
  private func pictureNoise(_ name: String) -> Generator { Generator(seed: 0).split("pictures/shown").split(name) }

  /// Images as 8-bit pixels, ten in a row, from `[n, channels · height · width]` in [0, 1].
  private func grid(of images: Matrix) -> ImageGrid {
    let shape = dataset.card.itemShape
    let (channels, area) = (shape[0], shape[1] * shape[2])
    var pixels: [UInt8] = []
    pixels.reserveCapacity(images.values.count)
    for row in 0..<images.rows {
      for place in 0..<area {
        for channel in 0..<channels { pixels.append(pixel(images[row, channel * area + place])) }
      }
    }
    return ImageGrid(columns: 10, width: shape[2], height: shape[1], channels: channels, pixels: pixels)
  }
}

/// A value as 8 bits; what is not a number is black.
private func pixel(_ value: Float) -> UInt8 { value.isFinite ? UInt8((min(max(value, 0), 1) * 255).rounded()) : 0 }

extension PointCloud {
  /// This cloud with the first two coordinates of each row as a further group; rows that are not finite are left out,
  /// and a line of one dimension lies on the x-axis.
  fileprivate func adding(_ rows: Matrix, _ name: String) -> PointCloud {
    let points = (0..<rows.rows).map { row in
      Point(x: rows[row, 0], y: rows.columns > 1 ? rows[row, 1] : 0)
    }
    return PointCloud(groups: groups + [Group(name: name, points: points.filter { $0.x.isFinite && $0.y.isFinite })])
  }
}
