internal import CCrypto
package import Foundation

/// A SHA-256 that is fed piece by piece.
package struct Digest {
  private var context = SHA256_CTX()

  package init() { SHA256_Init(&context) }

  package mutating func update(_ bytes: UnsafeRawBufferPointer) {
    SHA256_Update(&context, bytes.baseAddress, bytes.count)
  }

  /// The digest of everything so far, as 64 hexadecimal digits.
  package func hexadecimal() -> String { bytes().map { String(format: "%02x", $0) }.joined() }

  /// The digest of everything so far, as 32 bytes.
  package func bytes() -> [UInt8] {
    var (copy, sum) = (context, [UInt8](repeating: 0, count: Int(SHA256_DIGEST_LENGTH)))
    SHA256_Final(&sum, &copy)
    return sum
  }

  package static func hexadecimal(_ data: Data) -> String {
    var digest = Digest()
    data.withUnsafeBytes { digest.update($0) }
    return digest.hexadecimal()
  }
}

extension Configuration {
  /// JSON with sorted keys: the form that is hashed and stored.
  package var canonical: Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    do { return try encoder.encode(self) } catch { preconditionFailure("a configuration always encodes: \(error)") }
  }

  /// SHA-256 of the canonical form.
  package var hash: String { Digest.hexadecimal(canonical) }

  /// SHA-256 of all that decides a training but for its second stage; what is measured does not count.
  package var firstStageHash: String {
    var first = self
    first.training.secondStage = .none
    first.evaluation = .none
    return first.hash
  }
}
