internal import CKernels

/// A counter-based source of random numbers: the same key, stream and position give the same number, always.
///
/// The numbers come from Philox 4×32-10 (Salmon et al. 2011), keyed by 64 bits. Streams are split by purpose
/// (`generator.split("noise")`), never shared; the `stream` argument is the counter's upper half (an iteration, an
/// epoch), the position in the buffer its lower half. There is no state to advance and none to save.
package struct Generator: Hashable, Sendable {
  /// The seed, or what splitting made of it.
  package let key: UInt64

  package init(seed: UInt64) { key = seed }

  /// The independent generator for a purpose.
  package func split(_ purpose: String) -> Generator { split(Self.hash(purpose)) }

  /// The independent generator for a number, such as an image's index.
  package func split(_ number: UInt64) -> Generator { Generator(seed: kernel_split(key, number)) }

  /// Fills a buffer with uniform numbers on [0, 1): multiples of 2⁻²⁴.
  package func fillUniform(_ values: UnsafeMutableBufferPointer<Float>, stream: UInt64 = 0) {
    guard let start = values.baseAddress else { return }
    kernel_uniform(start, values.count, key, stream)
  }

  /// Fills a buffer with standard normal numbers (Box-Muller).
  package func fillNormal(_ values: UnsafeMutableBufferPointer<Float>, stream: UInt64 = 0) {
    guard let start = values.baseAddress else { return }
    kernel_normal(start, values.count, key, stream)
  }

  /// As many uniform numbers on [0, 1), as `fillUniform` gives them.
  package func uniforms(_ count: Int, stream: UInt64 = 0) -> [Float] {
    filled(count) { fillUniform($0, stream: stream) }
  }

  /// As many standard normal numbers, as `fillNormal` gives them.
  package func normals(_ count: Int, stream: UInt64 = 0) -> [Float] {
    filled(count) { fillNormal($0, stream: stream) }
  }

  /// The whole numbers below `count`, each once, in random order.
  package func permutation(_ count: Int, stream: UInt64 = 0) -> [Int32] {
    [Int32](unsafeUninitializedCapacity: count) { buffer, filled in
      if let start = buffer.baseAddress { kernel_permutation(start, count, key, stream) }
      filled = count
    }
  }

  private func filled(_ count: Int, by fill: (UnsafeMutableBufferPointer<Float>) -> Void) -> [Float] {
    [Float](unsafeUninitializedCapacity: count) { buffer, filled in
      fill(UnsafeMutableBufferPointer(rebasing: buffer[..<count]))
      filled = count
    }
  }

  /// FNV-1a of the UTF-8 bytes: stable across runs and machines, unlike `hashValue`.
  private static func hash(_ text: String) -> UInt64 {
    text.utf8.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01b3 }
  }
}
