import Foundation
import Tensors

/// Two interleaving half circles with normal noise: scikit-learn's `make_moons`, as dpVAE uses it (section 5.1).
///
/// Half of the points lie on (cos t, sin t), half on (1 − cos t, ½ − sin t), t evenly spaced on [0, π]; the noise has
/// standard deviation 0.05. The points are drawn from a generator of their own: they are the same in every run, whatever
/// its seed. Computed in Double and rounded to Float, so that another mathematical library changes no bit (but by the
/// rarest of chances).
package struct TwoMoons: DatasetRecipe {
  package static let card = DatasetCard(
    name: "two-moons", title: "Two moons", itemShape: [2], trainCount: 2000, testCount: 200,
    source: "scikit-learn make_moons, noise 0.05; counts of dpVAE's code (dataset.py)", isSynthetic: true)

  /// The standard deviation of the noise.
  static let noise = 0.05

  package init() {}

  package var origin: Origin { .made { _, _ in Self.items() } }

  static func items() -> (train: Items, test: Items) {
    let generator = Generator(seed: 0).split("two-moons")
    return (
      train: points(card.trainCount, noise: noise, using: generator.split("train")),
      test: points(card.testCount, noise: noise, using: generator.split("test"))
    )
  }

  /// Points in random order, labelled 0 on the outer moon and 1 on the inner.
  static func points(_ count: Int, noise: Double, using generator: Generator) -> Items {
    let outer = count / 2
    let normals = normals(2 * count, using: generator.split("noise"))
    var (values, labels): ([Float], [UInt8]) = ([], [])
    for shuffled in generator.split("shuffle").permutation(count) {
      let index = Int(shuffled)
      let (x, y) = index < outer ? point(index, of: outer) : mirrored(point(index - outer, of: count - outer))
      values.append(Float(x + noise * normals[2 * index]))
      values.append(Float(y + noise * normals[2 * index + 1]))
      labels.append(index < outer ? 0 : 1)
    }
    return Items(count: count, size: 2, storage: .floats(values), labels: labels)
  }

  private static func point(_ index: Int, of count: Int) -> (Double, Double) {
    let angle = Double.pi * Double(index) / Double(max(count - 1, 1))
    return (cos(angle), sin(angle))
  }

  private static func mirrored(_ point: (Double, Double)) -> (Double, Double) { (1 - point.0, 0.5 - point.1) }

  /// Standard normal numbers in Double by Box and Muller's transform.
  private static func normals(_ count: Int, using generator: Generator) -> [Double] {
    let uniforms = generator.uniforms(2 * count).map(Double.init)
    return (0..<count).map { index in
      // 1 − u lies in (0, 1], where the logarithm is finite.
      (-2 * log(1 - uniforms[2 * index])).squareRoot() * cos(2 * Double.pi * uniforms[2 * index + 1])
    }
  }
}
