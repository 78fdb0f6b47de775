import Datasets
import Tensors

/// Where a Fréchet distance is taken.
enum FeatureSpace: String, Hashable, Sendable {
  /// The coordinates of points themselves.
  case coordinates = "points"
  /// The features of a fixed network with random weights.
  case randomConvolutions = "random-conv"

  var unit: String { self == .coordinates ? "squared distance" : "squared feature distance" }

  /// - Throws: `MetricError.notApplicable` where the subject's items are not of the kind; what the executor throws.
  func extractor(for subject: Subject, executor: any Executor) throws -> any FeatureExtractor {
    switch (self, subject.hasImages) {
    case (.coordinates, false): return Coordinates(count: subject.dataset.card.itemShape.reduce(1, *))
    case (.randomConvolutions, true):
      return try RandomConvolutions(imageShape: subject.dataset.card.itemShape, executor: executor)
    case (.coordinates, true): throw MetricError.notApplicable("its items are images, not points")
    case (.randomConvolutions, false): throw MetricError.notApplicable("its items are points, not images")
    }
  }
}

/// Items to features. Not thread-safe.
protocol FeatureExtractor: AnyObject {
  /// Features of one item.
  var count: Int { get }

  /// Items `[n, D]` to features `[n, count]`, for any n.
  func features(of items: Matrix) -> Matrix
}

/// Points are their own features.
final class Coordinates: FeatureExtractor {
  let count: Int

  init(count: Int) { self.count = count }

  func features(of items: Matrix) -> Matrix { items }
}
