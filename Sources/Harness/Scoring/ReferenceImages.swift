import Datasets
import Experiments
import Foundation
import Metrics
import Tensors

extension SampleImages: ImageSource {
  package var contentKey: String? { digest }
}

/// What samples are compared with: a dataset, of which each metric says the split, or somebody's images.
enum ReferenceImages {
  case dataset(Dataset)
  case files(SampleImages)

  static func isDataset(_ name: String) -> Bool { DatasetCatalog.all.contains { $0.card.name == name } }

  /// `[channels, height, width]` of an image.
  var shape: [Int] {
    switch self {
    case .dataset(let dataset): dataset.card.itemShape
    case .files(let images): images.shape
    }
  }

  var dataset: Dataset? {
    if case .dataset(let dataset) = self { dataset } else { nil }
  }

  /// The images that an id with this argument `ref` is compared with.
  func images(_ split: DatasetImages.Split) -> any ImageSource {
    switch self {
    case .dataset(let dataset): DatasetImages(split, of: dataset)
    case .files(let images): images
    }
  }
}

extension ScoreSheet.Input {
  init(_ role: String, _ images: SampleImages) {
    self.init(
      role: role, path: images.path, count: images.count, shape: images.shape,
      form: Self.form(images.shape, isBytes: images.isBytes), sha256: images.digest, remarks: [],
      place: Self.whole(images.path))
  }

  init(_ split: DatasetImages.Split, of dataset: Dataset) {
    let items = split == .train ? dataset.train : dataset.test
    self.init(
      role: "reference", path: "\(dataset.card.name), \(split.rawValue)", count: items.count,
      shape: dataset.card.itemShape, form: Self.form(dataset.card.itemShape, isBytes: true), sha256: dataset.digest,
      remarks: dataset.remarks, place: "\(dataset.card.name), \(split.rawValue)")
  }

  init(_ role: String, _ numbers: SampleNumbers) {
    let shape = Array(numbers.shape.dropFirst())
    self.init(
      role: role, path: numbers.path, count: numbers.shape.first ?? 0, shape: shape,
      form: shape.isEmpty ? "nats" : "\(shape.reduce(1, *)) dimensions", sha256: numbers.digest, remarks: [],
      place: Self.whole(numbers.path))
  }

  private static func whole(_ path: String) -> String { URL(filePath: path).standardizedFileURL.path }

  /// `28 × 28, grey, 8 bits`
  private static func form(_ shape: [Int], isBytes: Bool) -> String {
    guard shape.count == 3 else { return "\(shape.reduce(1, *)) dimensions" }
    return "\(shape[1]) × \(shape[2]), \(shape[0] == 1 ? "grey" : "colour"), \(isBytes ? "8 bits" : "float")"
  }
}
