/// A named step between the official pictures and the items that are trained on.
///
/// What a step does never changes under its name and version; another result is another version, and another cache file.
package struct Preprocessing: Sendable {
  /// As in `DatasetSettings.preprocessing`.
  package let name: String
  package let version: Int
  package let title: String
  package let source: String
  let operations: [PictureOperation]

  /// The shape it makes of pictures of a shape, `[channels, height, width]` both.
  func shape(of input: [Int]) -> [Int] { operations.reduce(input) { $1.shape(of: $0) } }

  /// The same step for pictures of half the height and width.
  var halved: Preprocessing {
    Preprocessing(
      name: name, version: version, title: title, source: source, operations: operations.map(\.halved))
  }

  /// Makes what is needed for all pictures of a shape, and then does the step to each.
  func prepared(for input: [Int]) -> (Raster) throws -> Raster {
    var (shape, steps): ([Int], [(Raster) throws -> Raster]) = (input, [])
    for operation in operations {
      steps.append(operation.prepared(for: shape))
      shape = operation.shape(of: shape)
    }
    return { picture in try steps.reduce(picture) { try $1($0) } }
  }
}

extension Preprocessing {
  /// All steps there are; which of them a dataset has, its recipe says.
  package static let all = [
    Preprocessing(
      name: "celeba-128-to-64", version: 1, title: "rows 45–172 and columns 25–152, bilinear to 64 × 64",
      source: "Two-Stage VAE code, preprocess.py",
      operations: [.crop(top: 45, left: 25, height: 128, width: 128), .resize(height: 64, width: 64)]),
    Preprocessing(
      name: "celeba-140-to-64", version: 1, title: "rows 39–178 and columns 19–158, bilinear to 64 × 64",
      source: "Two-Stage VAE code, preprocess.py (celeba140); WAE code",
      operations: [.crop(top: 39, left: 19, height: 140, width: 140), .resize(height: 64, width: 64)]),
    Preprocessing(
      name: "celeba-148-to-32", version: 1, title: "the central 148 × 148, bilinear to 32 × 32",
      source: "the customary crop; sigma-VAE gives none",
      operations: [.crop(top: 35, left: 15, height: 148, width: 148), .resize(height: 32, width: 32)]),
    Preprocessing(
      name: "celeba-148-to-64", version: 1, title: "the central 148 × 148, bilinear to 64 × 64",
      source: "the customary crop",
      operations: [.crop(top: 35, left: 15, height: 148, width: 148), .resize(height: 64, width: 64)]),
    Preprocessing(
      name: "jpeg-75", version: 1, title: "saved as JPEG of quality 75 (4:2:0) and read back",
      source: "Two-Stage VAE code, preprocess.py (scipy's imsave)", operations: [.jpeg(quality: 75)]),
    Preprocessing(
      name: "none", version: 1, title: "as published", source: "the dataset's authors", operations: []),
    Preprocessing(
      name: "resize-28", version: 1, title: "bilinear to 28 × 28", source: "sigma-VAE code, train_vae.py",
      operations: [.resize(height: 28, width: 28)]),
  ]

  /// The step of a name among those that fit a dataset.
  /// - Throws: `DatasetError.unfit`, which lists those.
  static func step(
    _ name: String, of dataset: String, fitting: [String]
  ) throws(DatasetError) -> Preprocessing {
    guard fitting.contains(name), let step = all.first(where: { $0.name == name }) else {
      throw .unfit(name, dataset: dataset, fitting: fitting)
    }
    return step
  }
}
