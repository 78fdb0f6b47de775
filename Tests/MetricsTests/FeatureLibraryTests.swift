import Execution
import Experiments
import Foundation
import Tensors
import Testing

@testable import Metrics

/// Stands in for the Inception network: means of a few places of what it is given, so that tests need no weights.
private final class Stand: ImageNetwork {
  let asked: [Features]
  let counter: Counter

  init(_ asked: [Features], _ counter: Counter) {
    self.asked = asked
    self.counter = counter
  }

  func features(of images: Matrix) -> [Features: Matrix] {
    counter.images += images.rows
    return Dictionary(uniqueKeysWithValues: asked.map { ($0, sampled(images, $0.count)) })
  }

  private func sampled(_ images: Matrix, _ count: Int) -> Matrix {
    var features = Matrix(rows: images.rows, columns: count)
    for row in 0..<images.rows {
      for column in 0..<count { features[row, column] = images[row, (column * 4093 + column) % images.columns] }
    }
    return features
  }
}

private final class Counter {
  var images = 0
  var made = 0
}

/// Weights of the first three layers, all zero: enough for 64 features to be possible.
private func weights() throws -> InceptionWeights {
  let layers = InceptionLayer.all.filter { $0.features == .f64 }
  return try InceptionWeights(
    Dictionary(
      uniqueKeysWithValues: layers.map { layer in
        let count = layer.shape.reduce(1, *)
        let zeros = InceptionWeights.Layer(
          shape: layer.shape, weights: Array(repeating: 0, count: count),
          biases: Array(repeating: 0, count: layer.shape[0]))
        return (layer.name, zeros)
      }), origin: "zeros")
}

private struct Noise: ImageSource {
  let count: Int
  let seed: UInt64
  var contentKey: String?
  let counter: Counter
  var shape: [Int] { [1, 6, 6] }

  func images(_ range: Range<Int>) -> Matrix {
    counter.made += range.count
    let noise = Generator(seed: seed).uniforms(36 * count)
    return Matrix(
      rows: range.count, columns: 36, values: Array(noise[(36 * range.lowerBound)..<(36 * range.upperBound)]))
  }
}

/// The first images of a source.
private struct Start: ImageSource {
  let source: any ImageSource
  let count: Int
  var shape: [Int] { source.shape }
  var contentKey: String? { nil }

  init(of source: any ImageSource, count: Int) { (self.source, self.count) = (source, count) }

  func images(_ range: Range<Int>) throws -> Matrix { try source.images(range) }
}

@Suite struct FeatureLibraryTests {
  let folder = FileManager.default.temporaryDirectory.appending(path: "features-\(UUID().uuidString)").path

  private func scores(
    _ ids: [String], _ samples: Noise, _ reference: Noise, _ counter: Counter, isCached: Bool = false
  ) throws -> [Score] {
    let instruments = Instruments(
      executor: CPUExecutor(), inception: weights, cache: isCached ? FeatureCache(folder: folder) : nil
    ) { _, asked, _ in Stand(asked, counter) }
    return try measure(
      ids.map { try #require(MetricID($0)) }, of: samples, against: reference, with: instruments
    ) { _ in }
  }

  private let all = [
    "fid/inception-64", "fid/inception-64?resize=tf1", "fid/inception-64?resize=tf1&stretch=per-image",
    "kid/inception-64", "precision/inception-64", "fd/random-conv",
  ]

  @Test func `images are made once, and go through the network once for each protocol`() throws {
    let (own, real, network) = (Counter(), Counter(), Counter())
    let scores = try scores(
      all, Noise(count: 6, seed: 1, counter: own), Noise(count: 7, seed: 2, counter: real), network)
    #expect(scores.allSatisfy { $0.status == .done })
    #expect(own.made == 6 && real.made == 7)
    // Three protocols of the samples; two of the real images, which nothing stretches.
    #expect(network.images == 3 * 6 + 2 * 7)
  }

  @Test func `a score depends neither on what else is asked for nor on the order`() throws {
    let (samples, real) = (Noise(count: 6, seed: 1, counter: Counter()), Noise(count: 7, seed: 2, counter: Counter()))
    let together = try scores(all, samples, real, Counter())
    #expect(try scores(all.reversed(), samples, real, Counter()) == together.reversed())
    #expect(try scores([all[1]], samples, real, Counter()) == [together[1]])
  }

  @Test func `ids end up with the whole protocol and the counts of both sides`() throws {
    let score = try #require(
      try scores(
        ["fid/inception-64"], Noise(count: 6, seed: 1, counter: Counter()),
        Noise(count: 7, seed: 2, counter: Counter()),
        Counter()
      ).first)
    #expect(
      score.metric.description
        == "fid/inception-64?bits=float&jpeg=none&m=7&n=6&real=all&ref=given&resize=torch&stretch=none")
    #expect(score.standardError != nil && score.reason?.contains("full rank") == true)
  }

  @Test func `what is kept of real images gives the same bits without looking at them again`() throws {
    let (real, network) = (Counter(), Counter())
    let samples = Noise(count: 6, seed: 1, counter: Counter())
    let reference = Noise(count: 7, seed: 2, contentKey: "noise 2", counter: real)
    let fresh = try scores(all.dropLast(), samples, reference, network)
    let first = try scores(all.dropLast(), samples, reference, network, isCached: true)
    #expect(real.made == 14)
    let again = try scores(all.dropLast(), samples, reference, network, isCached: true)
    #expect(real.made == 14 && first == fresh && again == fresh)
    let other = Noise(count: 7, seed: 3, contentKey: "noise 3", counter: real)
    #expect(try scores(all.dropLast(), samples, other, network, isCached: true) != fresh)
    #expect(real.made == 21)
    try FileManager.default.removeItem(atPath: folder)
  }

  @Test func `what is kept and damaged is gathered again`() throws {
    let (samples, real) = (Noise(count: 6, seed: 1, counter: Counter()), Counter())
    let reference = Noise(count: 7, seed: 2, contentKey: "noise 2", counter: real)
    let fresh = try scores(["fid/inception-64"], samples, reference, Counter(), isCached: true)
    for name in try FileManager.default.contentsOfDirectory(atPath: folder) where name.hasSuffix(".features") {
      var data = try Data(contentsOf: URL(filePath: "\(folder)/\(name)"))
      data[100] ^= 1
      try data.write(to: URL(filePath: "\(folder)/\(name)"))
    }
    #expect(try scores(["fid/inception-64"], samples, reference, Counter(), isCached: true) == fresh)
    #expect(real.made == 14)
    try FileManager.default.removeItem(atPath: folder)
  }

  @Test func `features that the weights do not reach are refused, the others are measured`() throws {
    let (samples, real) = (Noise(count: 6, seed: 1, counter: Counter()), Noise(count: 7, seed: 2, counter: Counter()))
    let scores = try scores(["fid/inception-2048", "fid/inception-64"], samples, real, Counter())
    #expect(scores.map(\.status) == [.failed, .done])
    #expect(scores[0].reason?.contains("reach to 64 features only") == true)
  }

  @Test func `images alone have no metrics of a model`() throws {
    let (samples, real) = (Noise(count: 6, seed: 1, counter: Counter()), Noise(count: 7, seed: 2, counter: Counter()))
    let scores = try scores(["elbo", "fid-lp/inception-64", "fid/inception-64?ref=train"], samples, real, Counter())
    #expect(scores.map(\.status) == [.notApplicable, .notApplicable, .failed])
  }

  @Test func `of a dataset's split as many are compared with as of a model's run, of what is given all`() throws {
    let (samples, real) = (Noise(count: 4, seed: 1, counter: Counter()), Noise(count: 7, seed: 2, counter: Counter()))
    func distance(to real: any ImageSource, _ split: DatasetImages.Split?) throws -> Score {
      try measure(
        [MetricID("fd/random-conv")], of: samples, against: real, split: split,
        with: Instruments(executor: CPUExecutor())
      ) { _ in }[0]
    }
    for split in [DatasetImages.Split.train, .test] {
      let score = try distance(to: real, split)
      #expect(score.metric.description == "fd/random-conv?n=4&ref=\(split.rawValue)")
      #expect(try score.value == distance(to: Start(of: real, count: 4), nil).value)
    }
    #expect(try distance(to: real, .train).value != distance(to: real, nil).value)
  }

  @Test func `what goes wrong with a source is the reason of the scores that need it`() throws {
    struct Torn: ImageSource, Error {
      var count: Int { 6 }
      var shape: [Int] { [1, 6, 6] }
      var contentKey: String? { nil }
      func images(_ range: Range<Int>) throws -> Matrix { throw self }
    }
    let instruments = Instruments(executor: CPUExecutor(), inception: weights, cache: nil) { _, asked, _ in
      Stand(asked, Counter())
    }
    let scores = try measure(
      [MetricID("fid/inception-64")], of: Torn(), against: Noise(count: 7, seed: 2, counter: Counter()),
      with: instruments
    ) { _ in }
    #expect(scores.map(\.status) == [.failed])
  }
}
