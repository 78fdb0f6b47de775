import Experiments
import Foundation
import Testing

struct DigestTests {
  /// The examples of FIPS 180-2, appendix B, and the digest of nothing.
  @Test(arguments: [
    ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
    ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    (
      "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
      "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
    ),
  ])
  func `the digest of a known message is the published one`(message: String, digest: String) {
    #expect(Digest.hexadecimal(Data(message.utf8)) == digest)
  }

  @Test func `a message fed in pieces has the digest of the whole`() {
    let million = [UInt8](repeating: UInt8(ascii: "a"), count: 1_000_000)
    var pieces = Digest()
    // 997 is coprime to the block of 64 bytes, so every cut within a block occurs.
    for start in stride(from: 0, to: million.count, by: 997) {
      million[start..<min(start + 997, million.count)].withUnsafeBytes { pieces.update($0) }
    }
    #expect(pieces.hexadecimal() == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0")
  }

  @Test func `asking for the digest does not end the message`() {
    var digest = Digest()
    Array("ab".utf8).withUnsafeBytes { digest.update($0) }
    #expect(digest.hexadecimal() == Digest.hexadecimal(Data("ab".utf8)))
    Array("c".utf8).withUnsafeBytes { digest.update($0) }
    #expect(digest.hexadecimal() == Digest.hexadecimal(Data("abc".utf8)))
  }
}
