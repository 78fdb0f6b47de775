import Experiments
import Foundation
import Tensors

/// A folder of features that many runs need: those of a dataset's images, under a network and a protocol.
///
/// A file's name is the SHA-256 of all that decides its numbers, and its last 32 bytes that of its own content: what is
/// damaged or was cut short counts as absent. Files are written beside their place and then renamed.
package struct FeatureCache: Sendable {
  let folder: String

  package init(folder: String) { self.folder = folder }
}

/// The kept features of one source's content, the only one of its kind among all processes.
final class FeatureKeeper {
  private let cache: FeatureCache
  private let content: String
  private let weights: String
  private let lock: Int32

  /// Changes whenever the same inputs would give other numbers than before.
  private static let version = 1

  /// Waits until no other process has the features of this content in hand. A folder that cannot be written to has no
  /// lock, and keeps nothing.
  /// - Parameter waiting: called if it has to wait.
  /// - Throws: what `waiting` throws.
  init(_ cache: FeatureCache, content: String, weights: String, waiting: () throws -> Void) throws {
    (self.cache, self.content, self.weights) = (cache, content, weights)
    try? FileManager.default.createDirectory(atPath: cache.folder, withIntermediateDirectories: true)
    let path = "\(cache.folder)/\(Digest.hexadecimal(Data("\(content)\n\(weights)".utf8))).lock"
    lock = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
    guard lock >= 0, flock(lock, LOCK_EX | LOCK_NB) != 0 else { return }
    try waiting()
    flock(lock, LOCK_EX)
  }

  deinit {
    guard lock >= 0 else { return }
    flock(lock, LOCK_UN)
    close(lock)
  }

  /// What is kept for a need, if all of it is.
  func set(for need: FeatureNeed) -> FeatureSet? {
    guard need.request.kind.space.isInception else { return nil }
    let moments = need.moments ? numbers("moments", need, as: Double.self) : nil
    let rows = need.rows > 0 ? numbers("rows \(need.rows)", need, as: Float.self) : nil
    guard (moments != nil || !need.moments), rows != nil || need.rows == 0 else { return nil }
    guard let features = moments.map({ Self.features(ofMoments: $0.count) }) ?? rows.map({ $0.count / need.rows })
    else { return nil }
    return FeatureSet(
      count: need.request.count, features: features,
      moments: moments.map { Self.moments($0, features, need.request.count) },
      rows: Matrix(rows: need.rows, columns: features, values: rows ?? []))
  }

  /// Keeps a set that was gathered for a need.
  /// - Returns: a sentence where that was not possible.
  func keep(_ set: FeatureSet, for need: FeatureNeed) -> String? {
    guard need.request.kind.space.isInception else { return nil }
    do {
      if need.moments {
        let moments = try set.needMoments()
        try write(moments.mean + moments.covariance, "moments", need)
      }
      if need.rows > 0 { try write(set.rows.values, "rows \(need.rows)", need) }
      return nil
    } catch {
      return "features are not kept, \(cache.folder) cannot be written"
    }
  }

  private static func moments(_ numbers: [Double], _ features: Int, _ count: Int) -> Moments {
    Moments(count: count, mean: Array(numbers[..<features]), covariance: Array(numbers[features...]))
  }

  /// d where d + d² numbers are a mean and a covariance.
  private static func features(ofMoments count: Int) -> Int {
    Int(((1 + 4 * Double(count)).squareRoot() - 1) / 2 + 0.5)
  }

  private func path(_ part: String, _ need: FeatureNeed) -> String {
    let (request, arguments) = (need.request, need.request.kind.imageProtocol.arguments)
    let lines =
      [
        "features \(Self.version)", content, weights, request.kind.space.name, "first \(request.count)", part,
      ] + arguments.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
    return "\(cache.folder)/\(Digest.hexadecimal(Data(lines.joined(separator: "\n").utf8))).features"
  }

  private func numbers<Number>(_ part: String, _ need: FeatureNeed, as type: Number.Type) -> [Number]? {
    guard let data = FileManager.default.contents(atPath: path(part, need)), data.count > 32 else { return nil }
    let body = data.prefix(data.count - 32)
    var digest = Digest()
    body.withUnsafeBytes { digest.update($0) }
    guard digest.bytes() == Array(data.suffix(32)), body.count % MemoryLayout<Number>.stride == 0 else { return nil }
    let count = body.count / MemoryLayout<Number>.stride
    return [Number](unsafeUninitializedCapacity: count) { buffer, filled in
      body.withUnsafeBytes { UnsafeMutableRawBufferPointer(buffer).copyMemory(from: $0) }
      filled = count
    }
  }

  private func write<Number>(_ numbers: [Number], _ part: String, _ need: FeatureNeed) throws {
    var digest = Digest()
    numbers.withUnsafeBytes { digest.update($0) }
    var data = numbers.withUnsafeBytes { Data($0) }
    data.append(contentsOf: digest.bytes())
    try data.write(to: URL(fileURLWithPath: path(part, need)), options: .atomic)
  }
}
