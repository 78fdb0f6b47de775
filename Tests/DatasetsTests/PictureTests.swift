import Foundation
import Testing

@testable import Datasets

/// What `Fixtures/pillow.py` wrote.
private struct Pillow: Decodable {
  struct Resized: Decodable {
    let from: [Int]
    let to: [Int]
    let bytes: String
  }
  struct Encoded: Decodable {
    let shape: [Int]
    let file: String
    let bytes: String
  }
  let resized: [Resized]
  let jpeg: [Encoded]

  static let all = Result { try JSONDecoder().decode(Pillow.self, from: Data(try fixtureBytes("pillow.json"))) }
}

/// The formula of the same name in `pillow.py`.
private func noise(_ shape: [Int]) -> Raster {
  let bytes = (0..<shape.reduce(1, *)).map { index -> UInt8 in
    let (square, product) = ((index * index) >> 3, (2_654_435_761 * index) >> 15)
    return UInt8(truncatingIfNeeded: square ^ product)
  }
  return Raster(shape: shape, bytes: bytes)
}

/// The formula of the same name in `pillow.py`.
private func waves(_ shape: [Int]) -> Raster {
  let bytes = (0..<3).flatMap { channel -> [UInt8] in
    (0..<shape[1]).flatMap { row -> [UInt8] in
      (0..<shape[2]).map { column -> UInt8 in
        let value = row * (channel + 2) * 3 + column * column / (channel + 3)
        return UInt8(255 - abs(255 - value % 511))
      }
    }
  }
  return Raster(shape: shape, bytes: bytes)
}

@Suite struct PictureTests {
  @Test func `resizing gives the bits that Pillow gives`() throws {
    for expected in try Pillow.all.get().resized {
      let resize = PictureOperation.resize(height: expected.to[1], width: expected.to[2])
      let result = try resize.prepared(for: expected.from)(noise(expected.from))
      #expect(result.shape == expected.to)
      #expect(result.bytes == bytes(hexadecimal: expected.bytes), "\(expected.from) to \(expected.to)")
    }
  }

  @Test func `a JPEG picture decodes to the bits that Pillow gives`() throws {
    for expected in try Pillow.all.get().jpeg {
      let result = try JPEG().decode(bytes(hexadecimal: expected.file), shape: expected.shape, name: "waves")
      #expect(result.bytes == bytes(hexadecimal: expected.bytes), "\(expected.shape)")
    }
  }

  @Test func `a round trip at quality 75 gives the bits that Pillow gives`() throws {
    for expected in try Pillow.all.get().jpeg {
      let trip = PictureOperation.jpeg(quality: 75).prepared(for: expected.shape)
      #expect(try trip(waves(expected.shape)).bytes == bytes(hexadecimal: expected.bytes), "\(expected.shape)")
    }
  }

  @Test func `what is no JPEG picture, is cut, or has another size is refused`() throws {
    let encoded = JPEG().encode(waves([3, 32, 32]), quality: 75)
    let codec = JPEG()
    for (data, fault) in [
      (Array(encoded.dropLast(20)), "damaged JPEG"), (Array(encoded.prefix(encoded.count / 2)), "no JPEG"),
      (Array("not a picture".utf8), "no JPEG"), ([], "no JPEG"),
    ] {
      let error = #expect(throws: DatasetError.self) { try codec.decode(data, shape: [3, 32, 32], name: "x.jpg") }
      #expect(error?.description.contains(fault) == true)
    }
    let error = #expect(throws: DatasetError.self) { try codec.decode(encoded, shape: [3, 32, 33], name: "x.jpg") }
    #expect(error?.description.hasPrefix("x.jpg is a picture of 32 × 32 pixels where 32 × 33 belong") == true)
    // A fault does not stay with the codec.
    #expect(try codec.decode(encoded, shape: [3, 32, 32], name: "x.jpg").shape == [3, 32, 32])
  }

  @Test func `a crop is the rows and columns it names`() throws {
    let picture = noise([3, 218, 178])
    let crop = PictureOperation.crop(top: 45, left: 25, height: 128, width: 128)
    let result = try crop.prepared(for: picture.shape)(picture)
    #expect(result.shape == crop.shape(of: picture.shape))
    for (channel, row, column) in [(0, 0, 0), (1, 3, 127), (2, 127, 64)] {
      #expect(
        result.bytes[(channel * 128 + row) * 128 + column]
          == picture.bytes[(channel * 218 + 45 + row) * 178 + 25 + column])
    }
  }

  @Test func `planes and pixels are two ways to write the same picture`() {
    let picture = noise([3, 4, 5])
    #expect(Raster(interleaved: picture.interleaved(), height: 4, width: 5) == picture)
    #expect(Array(picture.interleaved().prefix(3)) == [picture.bytes[0], picture.bytes[20], picture.bytes[40]])
  }

  @Test func `a picture of one value stays so through any resizing`() throws {
    for value: UInt8 in [0, 1, 127, 255] {
      let picture = Raster(shape: [3, 148, 148], bytes: Array(repeating: value, count: 3 * 148 * 148))
      let result = try PictureOperation.resize(height: 64, width: 200).prepared(for: picture.shape)(picture)
      #expect(result.bytes.allSatisfy { $0 == value })
    }
  }
}

@Suite struct PreprocessingTests {
  private static let cards = DatasetCatalog.all.map { $0.card }

  @Test func `steps are in alphabetical order and each name occurs once`() {
    let names = Preprocessing.all.map(\.name)
    #expect(names == Set(names).sorted())
  }

  @Test func `each step belongs to a dataset, and each dataset's steps are in the catalog`() throws {
    let used = try Self.cards.flatMap { try DatasetCatalog.recipe($0.name).steps }
    #expect(Set(used) == Set(Preprocessing.all.map(\.name)))
  }

  @Test(arguments: cards.map(\.name))
  func `a step makes pictures of the shape it promises, from whole and halved ones`(name: String) throws {
    let recipe = try DatasetCatalog.recipe(name)
    let shape = type(of: recipe).card.itemShape
    for step in try recipe.steps.map({ try Preprocessing.step($0, of: name, fitting: recipe.steps) })
    where shape.count == 3 {
      let promised = try DatasetCatalog.card(name, preprocessing: step.name).itemShape
      #expect(try step.prepared(for: shape)(noise(shape)).shape == promised)
      let half = [shape[0], shape[1] / 2, shape[2] / 2]
      guard step.name.hasPrefix("celeba") else { continue }
      #expect(try step.halved.prepared(for: half)(noise(half)).shape == promised)
    }
  }

  @Test(arguments: [
    ("celeba-128-to-64", [3, 64, 64]), ("celeba-140-to-64", [3, 64, 64]), ("celeba-148-to-32", [3, 32, 32]),
    ("celeba-148-to-64", [3, 64, 64]),
  ])
  func `a step decides the shape of items`(step: String, shape: [Int]) throws {
    #expect(try DatasetCatalog.card("celeba", preprocessing: step).itemShape == shape)
  }

  @Test func `crops of half the size lie in the middle of pictures of half the size`() {
    for step in Preprocessing.all {
      for case .crop(let top, let left, let height, let width) in step.halved.operations {
        #expect(abs(2 * top + height - 109) <= 1, "\(step.name)")
        #expect(abs(2 * left + width - 89) <= 1, "\(step.name)")
      }
    }
  }

  @Test func `a step that does not fit is answered with those that do`() {
    let error = #expect(throws: DatasetError.self) { try DatasetCatalog.card("cifar-10", preprocessing: "jpeg-57") }
    #expect(
      error?.description == "'jpeg-57' is no preprocessing of cifar-10; there are: none, jpeg-75, resize-28")
    let only = #expect(throws: DatasetError.self) { try DatasetCatalog.card("mnist", preprocessing: "jpeg-75") }
    #expect(
      only?.description
        == "'jpeg-75' is no preprocessing of mnist; set dataset.preprocessing to 'none', the only one")
  }
}
