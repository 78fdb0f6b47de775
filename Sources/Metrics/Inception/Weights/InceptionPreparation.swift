package import Datasets
import Foundation

/// The network's weights on their way into the data directory.
package struct InceptionPreparation {
  /// What `assay prepare` calls them.
  package static let name = PreparedWeights.name

  private let folder: DataFolder
  private let report: (String) -> Void

  /// Makes sure that the weights are in the data directory, checked, folded and converted.
  ///
  /// Weights that are there are replaced by deeper ones only. Without `from` they are those that lie in the data
  /// directory's folder, in whatever form, and where these are not the whole network, those that can be downloaded.
  /// - Parameters:
  ///   - from: a file, or a folder that holds one under its usual name.
  ///   - offline: nothing is downloaded.
  ///   - report: receives one line for each thing done.
  /// - Throws: `WeightsError`, `DatasetError`.
  package static func prepare(
    from: String?, offline: Bool, into folder: DataFolder, downloader: any Downloader = WebDownloader(),
    report: (String) -> Void
  ) throws {
    try withoutActuallyEscaping(report) { report in
      let preparation = InceptionPreparation(folder: folder, report: report)
      try preparation.run(from: from, downloader: offline ? nil : downloader)
    }
  }

  private func run(from: String?, downloader: (any Downloader)?) throws {
    if let from { return try take(from) }
    let converted = try converted()
    let there = try converted ?? PreparedWeights.foreign(in: folder)
    if let there, there.deepest == .logits || downloader == nil {
      return try keep(there, isConverted: converted != nil)
    }
    let lying = InceptionSource.candidates(in: folder.folder(of: Self.name)).filter { !$0.hasSuffix(".safetensors") }
    if let file = lying.first(where: { FileManager.default.fileExists(atPath: $0) }) { return try convert(file) }
    do { try download(with: downloader) } catch {
      guard let there else { throw error }
      report("\(Self.name): \((error as? DatasetError)?.fault ?? "\(error)")")
      try keep(there, isConverted: converted != nil)
    }
  }

  /// Weights that are in the data directory, converted if they are not yet.
  private func keep(_ weights: InceptionWeights, isConverted: Bool) throws {
    if !isConverted { try PreparedWeights.write(weights, in: folder) }
    report("\(Self.name): \(weights.account), in \(PreparedWeights.path(in: folder))")
  }

  private func take(_ path: String) throws {
    let candidates = InceptionSource.candidates(in: path)
    guard let file = candidates.first else { throw WeightsError.notFound(folder: path, names: InceptionSource.names) }
    try convert(file)
  }

  private func convert(_ path: String) throws {
    let source = try InceptionSource(path)
    if !source.isProven {
      report("\(Self.name): no checksum is published of \(path); its SHA-256 is \(source.sha256)")
    }
    let weights = try source.weights()
    if let there = try converted(), there.deepest > weights.deepest {
      report("\(Self.name): \(path) goes to \(weights.deepest.title) only; what is there is kept")
      return try keep(there, isConverted: true)
    }
    try PreparedWeights.write(weights, in: folder)
    report("\(Self.name): \(weights.account), in \(PreparedWeights.path(in: folder))")
  }

  /// What has been converted before, unless it is damaged, so that it can be made again.
  private func converted() throws -> InceptionWeights? {
    do { return try PreparedWeights.read(in: folder) } catch let error as WeightsError {
      report("\(Self.name): \(error); it is made again")
      return nil
    }
  }

  private func download(with downloader: (any Downloader)?) throws {
    let place = folder.folder(of: Self.name)
    guard let downloader else {
      for file in Self.files { report("\(Self.name): it would come from \(file.addresses.joined(separator: ", "))") }
      throw WeightsError.notFound(folder: place, names: InceptionSource.names)
    }
    let delivery = Delivery(name: Self.name, source: "https://github.com/mseitzer/pytorch-fid", folder: folder)
    for (index, file) in Self.files.enumerated() {
      do { try delivery.download(file, with: downloader, report: report) } catch let error as DatasetError {
        guard index == Self.files.count - 1 else { continue }
        throw error
      }
      return try convert(folder.place(of: file, dataset: Self.name))
    }
  }

  /// The PyTorch port, whose name gives the beginning of its SHA-256, and TensorFlow's own archive, of which no checksum is
  /// published.
  private static let files = [
    DataFile(
      name: InceptionSource.portName, proof: .beginning(sha256: "6726825d"),
      mirrors: ["https://github.com/mseitzer/pytorch-fid/releases/download/fid_weights/"]),
    DataFile(
      name: InceptionSource.archiveName, proof: .contents,
      mirrors: ["http://download.tensorflow.org/models/image/imagenet/"]),
  ]
}

extension InceptionWeights {
  /// What they allow and where they come from, for people.
  package var account: String {
    let features = features.map(\.title).joined(separator: ", ")
    return "features \(features), weights \(hash.prefix(12))… from \(origin)"
  }
}

extension Features {
  /// As metric ids name them.
  package var title: String { self == .logits ? "logits" : String(rawValue) }
}
