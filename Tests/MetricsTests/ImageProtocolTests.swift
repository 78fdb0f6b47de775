import Experiments
import Tensors
import Testing

@testable import Metrics

@Suite struct ImageProtocolTests {
  struct Resized: Decodable, Sendable, CustomTestStringConvertible {
    let resize: String
    let shape: [Int]
    let places: [Int]
    let values: [Double]
    var testDescription: String { "\(resize) of \(shape)" }
  }

  /// Images of multiples of 1/255, by the formula of the script.
  private func image(_ shape: [Int]) -> Matrix {
    let count = shape.reduce(1, *)
    let values = (0..<count).map { (i: Int) -> Float in
      let byte = (i * i * 7 + i * 13 + i / 5) % 256
      return Float(byte) / 255
    }
    return Matrix(rows: 1, columns: count, values: values)
  }

  private func prepared(_ images: Matrix, _ shape: [Int], _ imageProtocol: ImageProtocol) -> Matrix {
    ImagePreparation(imageProtocol, shape: shape).prepared(images)
  }

  @Test func `every resize gives the numbers of the program that it follows`() throws {
    for reference in try fixture("resizing.json", as: [Resized].self) {
      let resize = try #require(ImageProtocol.Resize(rawValue: reference.resize))
      let obtained = prepared(image(reference.shape), reference.shape, ImageProtocol(resize: resize))
      for (place, value) in zip(reference.places, reference.values) {
        #expect(abs(Double(obtained.values[place]) - value) < 1e-6, "\(reference.testDescription), number \(place)")
      }
    }
  }

  @Test(arguments: ImageProtocol.Resize.allCases)
  func `an image of one colour keeps it, on the network's scale`(resize: ImageProtocol.Resize) {
    let flat = Matrix(rows: 1, columns: 3 * 20 * 31, values: Array(repeating: 0.25, count: 3 * 20 * 31))
    let expected: Float = resize == .torch ? -0.5 : (63.75 - 128) / 128
    #expect(prepared(flat, [3, 20, 31], ImageProtocol(resize: resize)).values.allSatisfy { abs($0 - expected) < 1e-6 })
  }

  @Test func `images are prepared one by one, however many there are`() {
    let (one, other) = (image([1, 28, 28]), Matrix(rows: 1, columns: 784, values: Array(repeating: 0.5, count: 784)))
    let together = prepared(.stacking([other, one], columns: 784), [1, 28, 28], ImageProtocol(isStretched: true))
    #expect(together.rows(1..<2) == prepared(one, [1, 28, 28], ImageProtocol(isStretched: true)))
  }

  @Test func `rounding leaves pictures of 8 bits alone, and brings others to the nearest`() {
    let picture = image([1, 12, 12])
    let moved = Matrix(rows: 1, columns: 144, values: picture.values.map { min($0 + 0.0017, 1) })
    let plain = prepared(picture, [1, 12, 12], ImageProtocol())
    #expect(prepared(picture, [1, 12, 12], ImageProtocol(isRounded: true)) == plain)
    #expect(prepared(moved, [1, 12, 12], ImageProtocol(isRounded: true)) == plain)
    #expect(prepared(moved, [1, 12, 12], ImageProtocol()) != plain)
  }

  @Test func `stretching brings each image to the whole range, and one without contrast to black`() {
    let dim = Matrix(
      rows: 2, columns: 9, values: (0..<9).map { 0.4 + 0.02 * Float($0) } + Array(repeating: 0.7, count: 9))
    let stretched = prepared(dim, [1, 3, 3], ImageProtocol(isStretched: true))
    #expect(abs((stretched[0].min() ?? 0) + 1) < 1e-6 && abs((stretched[0].max() ?? 0) - 1) < 1e-6)
    #expect(stretched[1].allSatisfy { $0 == -1 })
  }

  @Test func `a picture that went through JPEG is near to itself and another one`() {
    let smooth = Matrix(rows: 1, columns: 3 * 16 * 16, values: (0..<768).map { Float($0 % 16) / 20 })
    let (plain, jpeg) = (
      prepared(smooth, [3, 16, 16], ImageProtocol()), prepared(smooth, [3, 16, 16], ImageProtocol(quality: 75))
    )
    let differences = zip(plain.values, jpeg.values).map { abs($0 - $1) }
    #expect(jpeg != plain && (differences.max() ?? 1) < 0.1)
    let grey = smooth.values.prefix(256)
    let one = prepared(Matrix(rows: 1, columns: 256, values: Array(grey)), [1, 16, 16], ImageProtocol(quality: 75))
    let area = ImagePreparation.side * ImagePreparation.side
    #expect(one[0].prefix(area) == one[0].dropFirst(area).prefix(area))
  }

  @Test func `an id's arguments say a protocol, and a protocol says them`() throws {
    let id = try #require(MetricID("fid/inception-2048?bits=8&jpeg=75&resize=tf1&stretch=per-image"))
    let said = ImageProtocol(of: id)
    #expect(said == ImageProtocol(resize: .tf1, isRounded: true, isStretched: true, quality: 75))
    #expect(MetricID(id.name, said.arguments) == id)
    #expect(ImageProtocol(of: MetricID("fid/inception-2048")) == ImageProtocol())
    #expect(said.forReference == ImageProtocol(resize: .tf1))
  }
}
