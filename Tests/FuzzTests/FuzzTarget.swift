import Archives
import Datasets
import Experiments
import Foundation
import Harness
import Metrics
import Store
import Tensors

@testable import Training

/// A parser, and how bytes from anywhere come to it.
///
/// Whatever the bytes, it must give a value or throw one of our errors, and that within a second and without asking for
/// more memory at once than `mostMemory` says. The corpus and the fuzzer hold the bytes before `wrap`, which puts around
/// them the lengths, checksums and compression that would otherwise keep every mutation from getting further.
struct FuzzTarget: Sendable {
  let name: String
  /// The name of the file in which the parser finds its input, which its errors must have; `nil` for one that reads text.
  let file: String?
  let wrap: @Sendable ([UInt8]) throws -> [UInt8]
  let read: @Sendable (FuzzInput) throws -> Void

  /// A parser of a file.
  static func file(
    _ name: String, _ file: String, wrap: @escaping @Sendable ([UInt8]) throws -> [UInt8] = { $0 },
    _ read: @escaping @Sendable (FuzzInput) throws -> Void
  ) -> FuzzTarget {
    FuzzTarget(name: name, file: file, wrap: wrap, read: read)
  }

  /// A parser of what somebody typed, or of what lies in the store.
  static func text(_ name: String, _ read: @escaping @Sendable (FuzzInput) throws -> Void) -> FuzzTarget {
    FuzzTarget(name: name, file: nil, wrap: { $0 }, read: read)
  }

  /// The bytes that an input of so many may make the program ask for at once: some for buffers, and for each bit that deflate
  /// can make of it a pixel of four bytes.
  static func mostMemory(for count: Int) -> Int { (4 << 20) + 8 * 1032 * 4 * count }
}

/// The bytes of one trial, and the file in which they lie.
struct FuzzInput {
  let bytes: [UInt8]
  let path: String

  var text: String { String(decoding: bytes, as: UTF8.self) }
}

/// A folder of its own for the files that parsers are given.
final class FuzzFolder {
  let path: String

  init() throws {
    path = NSTemporaryDirectory() + "assay-fuzz-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: path + "/input", withIntermediateDirectories: true)
  }

  deinit {
    do { try FileManager.default.removeItem(atPath: path) } catch { print("\(path) stays: \(error)") }
  }

  /// What is wrong with how a parser takes bytes; `nil` where it gives a value, or an error as it should be.
  func fault(of target: FuzzTarget, on bytes: [UInt8]) throws -> String? {
    let input = try input(of: target, bytes)
    do { try target.read(input) } catch { return Self.fault(of: error, file: target.file) }
    return nil
  }

  /// Whether a parser gives a value.
  func isRead(by target: FuzzTarget, _ bytes: [UInt8]) throws -> Bool {
    let input = try input(of: target, bytes)
    do { try target.read(input) } catch { return false }
    return true
  }

  private func input(of target: FuzzTarget, _ bytes: [UInt8]) throws -> FuzzInput {
    let input = FuzzInput(bytes: try target.wrap(bytes), path: "\(path)/input/\(target.file ?? "text")")
    if target.file != nil { try writeQuickly(input.bytes, to: input.path) }
    return input
  }

  /// Every file and folder that lies here.
  func contents() throws -> [String] { try FileManager.default.subpathsOfDirectory(atPath: path).sorted() }

  /// An error is one of ours, in one line of a length that a person reads, and names the file.
  private static func fault(of error: any Error, file: String?) -> String? {
    guard isOurs(error) else { return "a stray error: \(error)" }
    let text = "\(error)"
    if text.unicodeScalars.contains(where: { $0.properties.generalCategory == .control }) {
      return "control characters in an error: \(text.debugDescription)"
    }
    if text.count > 2000 { return "an error of \(text.count) characters: \(text.prefix(200))…" }
    if let file, !text.contains(file) { return "an error that does not name the file: \(text)" }
    return nil
  }

  private static func isOurs(_ error: any Error) -> Bool {
    error is DatasetError || error is SampleError || error is WeightsError || error is SafetensorsError
      || error is CheckpointError || error is SettingsFault || error is HarnessError || error is SettingsError
      || error is MetricError || error is StoreError
  }
}
