import CKernels
import Foundation
import Testing

@testable import Tensors

/// The random stream against numbers that a script computed from its definition: a stream that changed would change
/// every published result.
@Suite struct RandomVectorsTests {
  private let vectors: Vectors
  private let generator: Generator

  init() throws {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures")
    vectors = try JSONDecoder().decode(
      Vectors.self, from: Data(contentsOf: folder.appending(path: "random_vectors.json")))
    generator = Generator(seed: vectors.key)
  }

  private struct Vectors: Decodable {
    let key: UInt64
    let stream: UInt64
    let uniforms: [Float]
    let normals: [Double]
    let permutation: [Int32]
    let longPermutation: [Int32]
    /// 64 bits in hexadecimal digits each.
    let splitByNumber: [String]
    let splitByPurpose: [String: String]
  }

  @Test func `uniform numbers are those of the definition, to the bit`() {
    #expect(generator.uniforms(vectors.uniforms.count, stream: vectors.stream) == vectors.uniforms)
  }

  @Test func `normal numbers are those of the definition, to what float32 loses`() {
    let normals = generator.normals(vectors.normals.count, stream: vectors.stream)
    for (number, exact) in zip(normals, vectors.normals) {
      // A logarithm to 2 ulp under a root, a sine to 2 ulp, three roundings.
      #expect(abs(Double(number) - exact) <= 6 * Double(Float(exact).ulp), "\(number) instead of \(exact)")
    }
  }

  /// The bits depend on whether the processor multiplies and adds in one rounding, as all with AVX2 do.
  @Test(.enabled(if: String(cString: kernel_instruction_set()) != "portable"))
  func `normal numbers have the same bits wherever there is a fused multiply-add`() {
    let bits = generator.normals(vectors.normals.count, stream: vectors.stream).map(\.bitPattern)
    #expect(bits == Self.bits)
  }

  /// What the program gave when its first results were made.
  private static let bits: [UInt32] = [
    0x3faf_3a01, 0xbe63_2461, 0xbe8e_8902, 0x3fe4_0b38, 0x3f6d_50b6, 0x3fa1_64cc,
    0xbdba_4fe4, 0x3f8c_0da8, 0xbdc2_9a14, 0x4024_2c27, 0xbf3f_51be, 0xbe79_64a6,
  ]

  @Test func `permutations are those of the definition`() {
    #expect(generator.permutation(vectors.permutation.count, stream: vectors.stream) == vectors.permutation)
    #expect(generator.permutation(vectors.longPermutation.count, stream: vectors.stream) == vectors.longPermutation)
  }

  @Test func `keys are split as defined, by number and by purpose`() {
    let byNumber = vectors.splitByNumber.indices.map { generator.split(UInt64($0)).key }
    #expect(byNumber == vectors.splitByNumber.compactMap { UInt64($0, radix: 16) })
    for (purpose, key) in vectors.splitByPurpose.sorted(by: { $0.key < $1.key }) {
      #expect(generator.split(purpose).key == UInt64(key, radix: 16), "\(purpose)")
    }
  }
}
