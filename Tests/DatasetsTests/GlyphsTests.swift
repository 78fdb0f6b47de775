import Testing

@testable import Datasets

@Suite struct GlyphsTests {
  private static let train = Glyphs.items(train: Glyphs.card.trainCount, test: Glyphs.card.testCount).train
  private let labels = Self.train.labels
  private let bytes: [UInt8]

  init() throws {
    guard case .bytes(let bytes) = Self.train.storage else {
      throw DatasetError.malformed("glyphs", reason: "not bytes")
    }
    self.bytes = bytes
  }

  @Test func `each digit occurs equally often, in random order`() {
    #expect((0..<10).allSatisfy { digit in labels.filter { $0 == digit }.count == 1000 })
    // Neighbours agree one time in ten; five standard deviations are 150.
    #expect((850...1150).contains(zip(labels, labels.dropFirst()).filter { $0 == $1 }.count))
  }

  @Test func `brightness and contrast are those of MNIST`() throws {
    var (sum, squares) = (0, 0)
    for byte in bytes {
      sum += Int(byte)
      squares += Int(byte) * Int(byte)
    }
    let scale = 255 * Double(bytes.count)
    let mean = Double(sum) / scale
    let variance = Double(squares) / scale / 255 - mean * mean
    // MNIST has 0.1307 and 0.3081; a likeness is wanted, not an equality.
    #expect(abs(mean - 0.1307) < 0.01)
    #expect(abs(variance.squareRoot() - 0.3081) < 0.01)
  }

  @Test func `no stroke touches the border and each fills its box`() {
    for index in 0..<1000 {
      let (rows, columns) = extent(of: index)
      #expect(rows.lowerBound > 0 && rows.upperBound < 27 && columns.lowerBound > 0 && columns.upperBound < 27)
      // The box is 17 to 20 pixels; half-inked edges add up to two, and cut a pixel at most.
      #expect((16...22).contains(max(rows.count, columns.count)))
    }
  }

  /// The rows and columns that have ink.
  private func extent(of index: Int) -> (rows: ClosedRange<Int>, columns: ClosedRange<Int>) {
    var (top, bottom, left, right) = (27, 0, 27, 0)
    for pixel in 0..<784 where bytes[index * 784 + pixel] > 0 {
      (top, bottom) = (min(top, pixel / 28), max(bottom, pixel / 28))
      (left, right) = (min(left, pixel % 28), max(right, pixel % 28))
    }
    return (top...max(top, bottom), left...max(left, right))
  }

  @Test func `a nearest mean tells the digits apart, but not without error`() {
    var means = Array(repeating: Array(repeating: Float(0), count: 784), count: 10)
    for index in 0..<3000 {
      let digit = Int(labels[index])
      // Equally many of each digit, nearly: 300.
      for pixel in 0..<784 { means[digit][pixel] += Float(bytes[index * 784 + pixel]) / 300 }
    }
    let right = (3000..<3500).filter { nearest(means, to: $0) == Int(labels[$0]) }.count
    // MNIST: 82 % for the same rule. All right would be stencils, chance is 10 %.
    #expect((350...495).contains(right))
  }

  private func nearest(_ means: [[Float]], to index: Int) -> Int? {
    let distances = means.map { mean in
      var sum = Float(0)
      for pixel in 0..<784 {
        let difference = mean[pixel] - Float(bytes[index * 784 + pixel])
        sum += difference * difference
      }
      return sum
    }
    return distances.indices.min { distances[$0] < distances[$1] }
  }
}
