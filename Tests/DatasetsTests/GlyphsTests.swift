import Testing

@testable import Datasets

@Suite struct GlyphsTests {
  private static let train = Glyphs().items(from: DataFolder(path: "")).train

  private func images() throws -> [ArraySlice<UInt8>] {
    guard case .bytes(let bytes) = Self.train.storage else {
      Issue.record("glyphs are bytes")
      return []
    }
    return stride(from: 0, to: bytes.count, by: 784).map { bytes[$0..<($0 + 784)] }
  }

  @Test func `each digit occurs equally often, in random order`() {
    let labels = Self.train.labels
    #expect((0..<10).allSatisfy { digit in labels.filter { $0 == digit }.count == 1000 })
    // Neighbours agree one time in ten; five standard deviations are 150.
    #expect((850...1150).contains(zip(labels, labels.dropFirst()).filter { $0 == $1 }.count))
  }

  @Test func `brightness and contrast are those of MNIST`() throws {
    let values = try images().joined().map { Double($0) / 255 }
    let mean = values.reduce(0, +) / Double(values.count)
    let square = values.reduce(0) { $0 + $1 * $1 } / Double(values.count)
    // MNIST has 0.1307 and 0.3081; a likeness is wanted, not an equality.
    #expect(abs(mean - 0.1307) < 0.01)
    #expect(abs((square - mean * mean).squareRoot() - 0.3081) < 0.01)
  }

  @Test func `no stroke touches the border and each fills most of its box`() throws {
    for image in try images() {
      let inked = image.enumerated().filter { $0.element > 0 }.map { ($0.offset / 28, $0.offset % 28) }
      let (rows, columns) = (inked.map(\.0), inked.map(\.1))
      let (top, bottom) = (try #require(rows.min()), try #require(rows.max()))
      let (left, right) = (try #require(columns.min()), try #require(columns.max()))
      #expect(top > 0 && bottom < 27 && left > 0 && right < 27)
      // The box is 17 to 20 pixels, half-inked edges add up to two.
      #expect((16...22).contains(max(bottom - top, right - left) + 1))
    }
  }

  @Test func `a nearest mean tells the digits apart, but not without error`() throws {
    let images = try images().map { $0.map(Float.init) }
    let labels = Self.train.labels
    let means = (0..<10).map { digit in
      let own = zip(images.prefix(3000), labels).filter { $0.1 == digit }.map(\.0)
      return own.reduce(Array(repeating: Float(0), count: 784)) { zip($0, $1).map(+) }.map { $0 / Float(own.count) }
    }
    let right = (3000..<3500).filter { index in
      let distances = means.map { zip($0, images[index]).reduce(Float(0)) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) } }
      return distances.firstIndex(of: distances.min() ?? 0) == Int(labels[index])
    }.count
    // MNIST: 82 % for the same rule. All right would be stencils, chance is 10 %.
    #expect((350...495).contains(right))
  }
}
