import CKernels
import Foundation
import Testing

@testable import Tensors

/// The random stream: published vectors, the layout it promises, and its distributions.
///
/// Seeds are fixed, so no test fails by chance; the bounds are such that a right generator fails one in a thousand.
struct GeneratorTests {
  private let generator = Generator(seed: 20_201_106)

  /// Counter, key and words of the known-answer file of Random123 (tests/kat_vectors, philox4x32 10).
  @Test(arguments: [
    (block: UInt64(0), stream: UInt64(0), key: UInt64(0), words: [0x6627_e8d5, 0xe169_c58d, 0xbc57_ac4c, 0x9b00_dbd8]),
    (.max, .max, .max, [0x408f_276d, 0x41c8_3b0e, 0xa20b_c7c6, 0x6d54_51fd]),
    (
      0x85a3_08d3_243f_6a88, 0x0370_7344_1319_8a2e, 0x299f_31d0_a409_3822,
      [0xd16c_fe09, 0x94fd_cceb, 0x5001_e420, 0x2412_6ea1]
    ),
  ])
  func `Philox gives the published words`(block: UInt64, stream: UInt64, key: UInt64, words: [UInt32]) {
    #expect(self.words(key: key, block: block, stream: stream) == words)
  }

  private func words(key: UInt64, block: UInt64, stream: UInt64) -> [UInt32] {
    var words = [UInt32](repeating: 0, count: 4)
    kernel_philox(&words, key, block, stream)
    return words
  }

  @Test func `a uniform number is the upper part of its own word`() {
    let uniforms = generator.uniforms(1003, stream: 17)
    let expected = (0..<1003).map { i in
      Float(words(key: generator.key, block: UInt64(i / 4), stream: 17)[i % 4] >> 8) * 0x1p-24
    }
    #expect(uniforms == expected)
  }

  @Test func `normal numbers are Box and Muller's of their own words`() {
    let normals = generator.normals(1002, stream: 3)
    for pair in 0..<501 {
      let block = words(key: generator.key, block: UInt64(pair / 2), stream: 3)
      let (u, v) = (block[pair % 2 * 2] >> 8, block[pair % 2 * 2 + 1] >> 8)
      let radius = (-2 * log((Double(u) + 1) * 0x1p-24)).squareRoot()
      let turn = 2 * Double.pi * Double(v) * 0x1p-24
      // A radius of at most 5.8 and a sine, each right to a few units of 2^-24.
      #expect(abs(Double(normals[2 * pair]) - radius * cos(turn)) < 2e-6)
      #expect(abs(Double(normals[2 * pair + 1]) - radius * sin(turn)) < 2e-6)
    }
  }

  @Test(arguments: [0, 1, 2, 3, 4, 5, 255, 256, 257, 1000])
  func `a number is the same whatever the count`(count: Int) {
    #expect(generator.uniforms(count) == Array(generator.uniforms(2000)[..<count]))
    #expect(generator.normals(count) == Array(generator.normals(2000)[..<count]))
  }

  @Test func `streams, seeds and purposes give other numbers`() {
    let draws = [
      generator.uniforms(8), generator.uniforms(8, stream: 1), generator.uniforms(8, stream: 1 << 32),
      Generator(seed: 1).uniforms(8), generator.split("noise").uniforms(8), generator.split("shuffle").uniforms(8),
      generator.split(0).uniforms(8), generator.split(1).uniforms(8),
    ]
    #expect(Set(draws.flatMap { $0 }).count == 64)
  }

  @Test func `keys split from one another do not meet`() {
    let keys = (0..<10_000).map { generator.split(UInt64($0)).key }
    #expect(Set(keys).count == 10_000)
  }

  @Test func `uniform and normal numbers have their moments`() {
    let count = 400_000
    // Four standard errors of each moment: √(1/12 n), √(1/180 n), and √(1/n), √(2/n), √(15/n), √(96/n).
    let error = 4 / Double(count).squareRoot()
    let u = generator.uniforms(count).map(Double.init)
    #expect(abs(mean(u) - 0.5) < error * 0.289)
    #expect(abs(mean(u.map { ($0 - 0.5) * ($0 - 0.5) }) - 1 / 12) < error * 0.0745)
    let z = generator.normals(count).map(Double.init)
    #expect(abs(mean(z)) < error)
    #expect(abs(mean(z.map { $0 * $0 }) - 1) < error * 2.0.squareRoot())
    #expect(abs(mean(z.map { $0 * $0 * $0 })) < error * 15.0.squareRoot())
    #expect(abs(mean(z.map { $0 * $0 * $0 * $0 }) - 3) < error * 96.0.squareRoot())
  }

  @Test func `numbers are distributed as they should be`() {
    let count = 100_000
    // Kolmogorov and Smirnov's distance exceeds 1.95 / √n once in a thousand times.
    let bound = 1.95 / Double(count).squareRoot()
    #expect(distance(generator.uniforms(count)) { $0 } < bound)
    #expect(distance(generator.normals(count)) { 0.5 * erfc(-$0 / 2.0.squareRoot()) } < bound)
    #expect(distance(generator.split("noise").normals(count)) { 0.5 * erfc(-$0 / 2.0.squareRoot()) } < bound)
  }

  @Test func `neighbours in a buffer, in its pairs and over streams are uncorrelated`() {
    let count = 200_000
    let (z, other) = (generator.normals(count).map(Double.init), generator.normals(count, stream: 1).map(Double.init))
    for lag in 1...5 {
      #expect(abs(mean(zip(z, z.dropFirst(lag)).map { $0 * $1 })) < 4 / Double(count - lag).squareRoot())
    }
    #expect(abs(mean(zip(z, other).map { $0 * $1 })) < 4 / Double(count).squareRoot())
    // Squares too: √(mean (z² − 1)²) is √2 each.
    #expect(abs(mean(zip(z, z.dropFirst()).map { ($0 * $0 - 1) * ($1 * $1 - 1) })) < 8 / Double(count).squareRoot())
  }

  @Test(arguments: [0, 1, 2, 3, 17, 256, 1000])
  func `a permutation holds each number once, as whole numbers and as floats`(count: Int) {
    let order = generator.permutation(count, stream: 5)
    #expect(order.sorted() == (0..<Int32(count)).map { $0 })
    var (scratch, floats) = ([Int32](repeating: 0, count: count), [Float](repeating: 0, count: count))
    kernel_permutation_float(&floats, &scratch, count, generator.key, 5)
    #expect(floats == order.map(Float.init))
  }

  @Test func `every order of four is equally likely`() {
    var times: [[Int32]: Int] = [:]
    for stream in 0..<24_000 { times[generator.permutation(4, stream: UInt64(stream)), default: 0] += 1 }
    #expect(times.count == 24)
    // χ² of 24 cells with 1000 expected in each: 23 degrees of freedom exceed 49.7 once in a thousand times.
    let squares = times.values.map { Double(($0 - 1000) * ($0 - 1000)) / 1000 }.sorted()
    #expect(squares.reduce(0, +) < 49.7)
  }

  private func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(values.count) }

  /// The largest distance between the empirical distribution and the one given.
  private func distance(_ sample: [Float], to distribution: (Double) -> Double) -> Double {
    let count = Double(sample.count)
    return sample.sorted().enumerated().reduce(0) { largest, entry in
      let value = distribution(Double(entry.element))
      return max(largest, abs(value - Double(entry.offset) / count), abs(value - Double(entry.offset + 1) / count))
    }
  }
}
