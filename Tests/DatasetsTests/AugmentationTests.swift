import Foundation
import Tensors
import Testing

@testable import Datasets

/// What Pillow did to a small image; Fixtures/augmentation.py made it.
private struct Reference: Decodable {
  let width: Int
  let height: Int
  let grey: [Float]
  let colour: [Float]
  let jitters: [Jitter]
  let warps: [Warp]

  struct Jitter: Decodable {
    let step: String
    let factor: Float
    let colour: Bool
    let result: [Float]
  }

  struct Warp: Decodable {
    let degrees: Float
    let scale: Float
    let right: Float
    let down: Float
    let result: [Float]
  }

  init() throws {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("Fixtures")
    let data = try Data(contentsOf: folder.appendingPathComponent("augmentation.json"))
    self = try JSONDecoder().decode(Reference.self, from: data)
  }
}

@Suite struct AugmentationTests {
  /// An image on a small grid of greys, with a border of black.
  private let image = (0..<784).map { i -> Float in
    let (row, column) = (i / 28, i % 28)
    return (8..<20).contains(row) && (8..<20).contains(column) ? Float((row * 5 + column * 3) % 11) / 10 : 0
  }
  private let augmentation = Augmentation(itemShape: [1, 28, 28])

  private func augmented(_ stream: UInt64, seed: UInt64 = 7) -> [Float] {
    var item = image
    var scratch = item
    item.withUnsafeMutableBufferPointer { item in
      scratch.withUnsafeMutableBufferPointer { scratch in
        augmentation.apply(item, using: Generator(seed: seed), stream: stream, scratch: scratch)
      }
    }
    return item
  }

  @Test func `the same stream gives the same image and another stream another`() {
    let images = (0..<100).map { augmented($0) }
    #expect(images == (0..<100).map { augmented($0) })
    #expect(Set(images).count > 60)
    #expect((0..<100).map { augmented($0, seed: 8) } != images)
  }

  @Test func `pixels stay between 0 and 1`() {
    #expect((0..<200).allSatisfy { augmented($0).allSatisfy { (0...1).contains($0) } })
  }

  @Test func `one image in four is left as it is`() {
    // Both changes miss with probability ¼; five standard deviations of 1,000 trials are 68.
    #expect((182...318).contains((0..<1000).filter { augmented($0) == image }.count))
  }

  @Test func `both changes miss where their draws are not below one half`() {
    for stream in 0..<200 as Range<UInt64> {
      let draws = Generator(seed: 7).uniforms(11, stream: stream)
      guard draws[0] >= 0.5, draws[6] >= 0.5 else { continue }
      #expect(augmented(stream) == image)
    }
  }

  @Test func `points are left as they are`() {
    var point: [Float] = [0.25, -3]
    point.withUnsafeMutableBufferPointer {
      Augmentation(itemShape: [2]).apply($0, using: Generator(seed: 7), stream: 1, scratch: $0)
    }
    #expect(point == [0.25, -3])
  }

  @Test func `factors and orders cover what they should`() {
    let jitters = (0..<2000 as Range<UInt64>).map { stream in
      let draws = Generator(seed: 3).uniforms(5, stream: stream)
      return ColourJitter(SIMD4(draws[...3]), order: draws[4])
    }
    for factors in [jitters.map(\.brightness), jitters.map(\.contrast), jitters.map(\.saturation)] {
      #expect(factors.allSatisfy { (0.5...1.5).contains($0) })
      // The mean of 2,000 draws, five standard errors of 0.289 / √2000.
      #expect(abs(factors.reduce(0, +) / 2000 - 1) < 0.033)
    }
    #expect(jitters.allSatisfy { (-0.25...0.25).contains($0.hue) })
    #expect(jitters.allSatisfy { Set($0.steps).count == 4 })
    #expect(Set(jitters.map(\.steps)).count == 24)
  }

  @Test func `warps shift by whole pixels, at most a tenth`() {
    var shifts: Set<Float> = []
    for stream in 0..<500 as Range<UInt64> {
      let warp = AffineWarp(SIMD4(Generator(seed: 3).uniforms(4, stream: stream)), height: 28, width: 28)
      shifts.formUnion([warp.right, warp.down])
    }
    #expect(shifts == [-3, -2, -1, 0, 1, 2, 3])
  }

  @Test func `each jitter does what Pillow does`() throws {
    let reference = try Reference()
    for jitter in reference.jitters {
      var item = (jitter.colour ? reference.colour : reference.grey).map { $0 / 255 }
      item.withUnsafeMutableBufferPointer { one(jitter).apply($0, channels: jitter.colour ? 3 : 1) }
      // Pillow rounds its greys and its result to whole numbers; hues are compared with unrounded ones.
      let tolerance: Float = jitter.step == "hue" ? 1e-3 : 1.5
      for (ours, theirs) in zip(item, jitter.result) {
        #expect(abs(255 * ours - theirs) <= tolerance, "\(jitter.step) \(jitter.factor)")
      }
    }
  }

  private func one(_ jitter: Reference.Jitter) -> ColourJitter {
    switch jitter.step {
    case "brightness": ColourJitter(steps: [.brightness], brightness: jitter.factor)
    case "contrast": ColourJitter(steps: [.contrast], contrast: jitter.factor)
    case "saturation": ColourJitter(steps: [.saturation], saturation: jitter.factor)
    default: ColourJitter(steps: [.hue], hue: jitter.factor)
    }
  }

  @Test func `each warp does what Pillow does`() throws {
    let reference = try Reference()
    for warp in reference.warps {
      var (item, scratch) = (reference.grey, reference.grey)
      item.withUnsafeMutableBufferPointer { item in
        scratch.withUnsafeMutableBufferPointer { scratch in
          AffineWarp(
            height: reference.height, width: reference.width, angle: warp.degrees * .pi / 180, scale: warp.scale,
            right: warp.right, down: warp.down
          ).apply(item, channels: 1, original: scratch)
        }
      }
      #expect(item == warp.result, "\(warp.degrees)°, \(warp.scale), \(warp.right), \(warp.down)")
    }
  }
}
