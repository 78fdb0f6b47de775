package import Datasets
package import Experiments
import Foundation
import Tensors

/// Finished first stages on disk, for trainings that differ in what comes after it only.
///
/// Two-Stage VAE's second stage builds on the same first stage as the VAE with a learned variance: whichever is trained
/// first leaves it here for the other. A stage is found by all that decides its bits: configuration, seed, items, code.
package struct StageArchive: Sendable {
  private let folder: String
  private let code: String

  /// - Parameter code: the version of the code, as provenance has it.
  package init(folder: String, code: String) {
    self.folder = folder
    self.code = code
  }

  /// Waits until no other process trains a stage; it is this one's until the result goes.
  /// - Parameters:
  ///   - told: called once before it waits, with who is waited for.
  ///   - waiting: called several times a second while it waits; what either throws ends the waiting.
  /// - Returns: `nil` where the folder cannot be written, which `keep` will say.
  func right(
    toTrain configuration: Configuration, seed: UInt64, on dataset: Dataset, told: (String) throws -> Void,
    waiting: () throws -> Void
  ) rethrows -> FileLock? {
    // Whoever cannot make the folder has no lock either.
    try? FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    guard let lock = FileLock(path(configuration, seed, dataset) + ".lock") else { return nil }
    if !lock.isTaken { try told(lock.holder) }
    while !lock.isTaken {
      try waiting()
      usleep(100_000)
      lock.take()
    }
    return lock
  }

  /// Whether a stage lies here, so that training will take it up.
  package func holds(_ configuration: Configuration, seed: UInt64, on dataset: Dataset) -> Bool {
    FileManager.default.fileExists(atPath: path(configuration, seed, dataset))
  }

  /// Puts the weights of a stage into the store that training would have filled, if one lies here that is whole.
  /// - Returns: the stage's curves; `nil` where there is none, or a damaged one, and the store is as it was.
  func take(
    _ configuration: Configuration, seed: UInt64, on dataset: Dataset, into parameters: ParameterStore
  ) -> [CurvePoint]? {
    let path = path(configuration, seed, dataset)
    do {
      let record = try JSONDecoder().decode(Record.self, from: Data(contentsOf: URL(fileURLWithPath: path + ".json")))
      let checkpoint = try Checkpoint(reading: path)
      guard checkpoint.contentHash == record.weightsHash else { return nil }
      try checkpoint.copy(to: parameters, path: path)
      return record.curves
    } catch {
      return nil
    }
  }

  /// - Throws: `CheckpointError.unwritable`.
  func keep(
    _ parameters: ParameterStore, _ curves: [CurvePoint], of configuration: Configuration, seed: UInt64,
    on dataset: Dataset
  ) throws {
    let path = path(configuration, seed, dataset)
    let record = Record(weightsHash: parameters.contentHash, curves: curves)
    do {
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
      try Checkpoint(of: parameters).write(to: path)
      try JSONEncoder().encode(record).write(to: URL(fileURLWithPath: path + ".json"), options: .atomic)
    } catch let error as CheckpointError {
      throw error
    } catch {
      throw CheckpointError.unwritable(path: path + ".json", reason: error.localizedDescription)
    }
  }

  private struct Record: Codable {
    let weightsHash: String
    let curves: [CurvePoint]
  }

  private func path(_ configuration: Configuration, _ seed: UInt64, _ dataset: Dataset) -> String {
    var digest = Digest()
    for text in [configuration.firstStageHash, "\(seed)", dataset.digest, code] {
      Array("\(text)\n".utf8).withUnsafeBytes { digest.update($0) }
    }
    return "\(folder)/\(digest.hexadecimal()).safetensors"
  }
}
