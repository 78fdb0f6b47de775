import Datasets
import Experiments
import Foundation
import Metrics
import Tensors

/// The files of a request, read and checked.
struct ScoreEvidence {
  let samples: SampleImages?
  let reference: ReferenceImages?
  let latents: (file: SampleNumbers, codes: Matrix)?
  let logLikelihoods: (file: SampleNumbers, values: [Double])?

  /// - Throws: `SampleError`, `DatasetError`, `HarnessError.noReference`, and what `tell` throws.
  init(_ request: ScoreRequest, data: DataFolder, tell: (ScoringProgress) -> Void) throws {
    let layout = request.layout.flatMap(ImageLayout.init)
    latents = try request.latents.map { path in
      let file = try SampleNumbers(path)
      return (file, try file.codes())
    }
    logLikelihoods = try request.logLikelihoods.map { path in
      let file = try SampleNumbers(path)
      return (file, try file.logLikelihoods())
    }
    samples = try request.samples.map { path in
      try SampleImages(path, layout: layout) { tell(ScoringProgress("reading samples", done: $0, total: $1)) }
    }
    reference = try request.reference.map { name in
      guard ReferenceImages.isDataset(name) else { return .files(try Self.files(name, layout, tell)) }
      tell(ScoringProgress("loading \(name)"))
      let all = DatasetSettings(
        name: name, preprocessing: request.preprocessing ?? "none", trainLimit: 0, testLimit: 0, augment: false)
      return .dataset(try DatasetCatalog.load(name, settings: request.settings ?? all, from: data))
    }
  }

  private static func files(
    _ path: String, _ layout: ImageLayout?, _ tell: (ScoringProgress) -> Void
  ) throws -> SampleImages {
    do {
      return try SampleImages(path, layout: layout) {
        tell(ScoringProgress("reading the reference", done: $0, total: $1))
      }
    } catch SampleError.absent {
      throw HarnessError.noReference(path, datasets: DatasetCatalog.all.map { $0.card.name })
    }
  }

  /// Whether samples and reference have one size and the same channels, as metrics without resizing need.
  var isOfOneSize: Bool { samples?.shape == reference?.shape }

  /// What the numbers are taken from.
  /// - Parameter splits: the parts of a dataset that are compared with.
  func inputs(_ splits: [DatasetImages.Split]) -> [ScoreSheet.Input] {
    var inputs: [ScoreSheet.Input] = []
    if let samples { inputs.append(.init("samples", samples)) }
    switch reference {
    case .dataset(let dataset): inputs += splits.map { .init($0, of: dataset) }
    case .files(let images): inputs.append(.init("reference", images))
    case nil: break
    }
    if let latents { inputs.append(.init("latents", latents.file)) }
    if let logLikelihoods { inputs.append(.init("log-likelihoods", logLikelihoods.file)) }
    return inputs
  }

  /// What a report shows of the files: the first samples, as many as make a picture.
  func artefacts() throws -> [Artefact] {
    guard let samples else { return [] }
    let most = min(100, max(10, 1_000_000 / samples.shape.reduce(1, *)))
    return [Artefact(name: "samples", content: .grid(try samples.grid(most)))]
  }
}
