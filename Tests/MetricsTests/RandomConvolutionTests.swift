import Execution
import NaiveTwin
import Tensors
import Testing

@testable import Metrics

/// Images of 8 × 8 pixels with stripes of a random phase, upright or lying.
private func stripes(_ count: Int, upright: Bool, _ purpose: String) -> Matrix {
  let phases = Generator(seed: 4).split(purpose).uniforms(count)
  var images = Matrix(rows: count, columns: 64)
  for row in 0..<count {
    for place in 0..<64 {
      let position = upright ? place % 8 : place / 8
      images[row, place] = (position + Int(phases[row] * 8)) % 4 < 2 ? 1 : 0
    }
  }
  return images
}

@Suite struct RandomConvolutionTests {
  let extractor: RandomConvolutions

  init() throws { extractor = try RandomConvolutions(imageShape: [1, 8, 8], executor: CPUExecutor()) }

  @Test func `an image's features do not depend on how many others there are`() {
    let images = stripes(130, upright: true, "a")
    let all = extractor.features(of: images)
    #expect(all.rows == 130 && all.columns == 96)
    for row in [0, 57, 99, 100, 129] {
      #expect(extractor.features(of: images.rows(row..<(row + 1))).values == Array(all[row]))
    }
  }

  @Test func `what a convolution does not fit into, or memory does not hold, is refused with a reason`() throws {
    for (shape, isTaken) in [
      ([1, 1, 1], false), ([1, 2, 3], true), ([1, 64, 2], false), ([3, 64, 64], true), ([3, 1024, 1024], false),
    ] {
      #expect(RandomConvolutions.takes(shape) == isTaken, "\(shape)")
    }
    _ = try RandomConvolutions(imageShape: [1, 2, 3], executor: CPUExecutor())
  }

  @Test func `the features are those of the naive twin`() throws {
    let graph = Graph()
    let output = RandomConvolutions.features(of: graph.input("images", [3, 1, 8, 8]))
    let store = ParameterStore()
    store.add(parametersOf: graph, seed: RandomConvolutions.seed)
    let parameters = Dictionary(
      uniqueKeysWithValues: store.slices.map { ($0.name, store.values($0.name).map(Double.init)) })
    let images = stripes(3, upright: false, "b")
    let expected = NaiveTwin.evaluate(
      [output], inputs: ["images": images.values.map(Double.init)], parameters: parameters)[0]
    // Two layers and a projection of some hundred float32 terms of size one.
    for (a, b) in zip(extractor.features(of: images).values, expected) { #expect(abs(Double(a) - b) < 1e-5) }
  }

  @Test func `other kinds of images are further away than other images of the same kind`() throws {
    let reference = try FrechetReference(moments(stripes(400, upright: true, "a")))
    let same = try reference.squaredDistance(to: moments(stripes(400, upright: true, "b")))
    let other = try reference.squaredDistance(to: moments(stripes(400, upright: false, "c")))
    let blurred = try reference.squaredDistance(to: moments(softened(stripes(400, upright: true, "d"))))
    #expect(same < blurred / 10 && same < other / 10)
  }

  private func moments(_ images: Matrix) -> Moments {
    var moments = FeatureMoments()
    moments.add(extractor.features(of: images))
    return moments.whole
  }

  private func softened(_ images: Matrix) -> Matrix {
    Matrix(rows: images.rows, columns: images.columns, values: images.values.map { 0.25 + 0.5 * $0 })
  }

  @Test(arguments: [[1, 28, 28], [3, 32, 32], [3, 64, 64]])
  func `there are as many features for images of any size`(shape: [Int]) throws {
    let extractor = try RandomConvolutions(imageShape: shape, executor: CPUExecutor())
    let size = shape.reduce(1, *)
    let features = extractor.features(of: Matrix(rows: 2, columns: size))
    #expect(features.rows == 2 && features.columns == 96 && extractor.count == 96)
    #expect(features.values.allSatisfy(\.isFinite) && features[0] == features[1].prefix(96))
  }
}
