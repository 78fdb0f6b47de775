import Archives
import Experiments
import Foundation
import Tensors
import Testing

@testable import Datasets

/// Images that another program made are the same numbers whatever they are packed in.
@Suite struct SampleImagesTests {
  let scratch: Scratch

  init() throws { scratch = try Scratch() }

  /// Three images of 4 × 5 pixels in colour, pixel after pixel.
  private let pixels = (0..<180).map { UInt8($0 * 7 % 256) }

  private func picture(_ index: Int) -> [UInt8] {
    pngFile(channels: 3, height: 4, width: 5, Array(pixels[(index * 60)..<((index + 1) * 60)]))
  }

  @Test func `a folder, an archive and arrays of the same images have the same digest and numbers`() throws {
    for index in 0..<3 { try scratch.write("pictures/\(index).png", picture(index)) }
    let archive = zip((0..<3).map { ("made/\($0).png", picture($0)) }, isPacked: true)
    let paths = [
      scratch.path + "/pictures", try scratch.write("pictures.zip", archive),
      try scratch.write("images.npy", npyFile("|u1", [3, 4, 5, 3], pixels)), fixture("samples.npz"),
      fixture("samples.npz:images"),
    ]
    let all = try paths.map { try SampleImages($0) }
    for images in all {
      #expect(images.count == 3)
      #expect(images.shape == [3, 4, 5])
      #expect(images.isBytes)
      #expect(images.digest == all[0].digest)
      #expect(try images.images(0..<3) == all[0].images(0..<3))
    }
    let first = try all[0].images(1..<2)
    #expect(first.rows == 1)
    // The first three pixels' reds: numbers 60, 63 and 66 of the bytes.
    let reds: [Float] = [60, 63, 66].map { place in Float(place * 7 % 256) / 255 }
    #expect(Array(first.values.prefix(3)) == reds)
  }

  @Test func `floats are taken as they are, and are another content than bytes`() throws {
    let (bytes, floats) = (
      try SampleImages(fixture("samples.npz:images")), try SampleImages(fixture("samples.npz:floats"))
    )
    #expect(!floats.isBytes)
    #expect(floats.shape == bytes.shape)
    #expect(floats.digest != bytes.digest)
    #expect(try floats.images(0..<3) == bytes.images(0..<3))
  }

  @Test func `an array of three axes is grey`() throws {
    let path = try scratch.write("grey.npy", npyFile("|u1", [2, 3, 4], (0..<24).map { UInt8($0) }))
    let images = try SampleImages(path)
    #expect(images.shape == [1, 3, 4])
    #expect(try images.images(1..<2).values == (12..<24).map { Float($0) / 255 })
  }

  @Test func `names are in natural order`() {
    let names = ["img10.png", "img2.png", "a.png", "img002.png", "img1b.png", "img1.png", "img1a2.png"]
    #expect(
      names.sorted(by: precedesNaturally)
        == ["a.png", "img1.png", "img1a2.png", "img1b.png", "img002.png", "img2.png", "img10.png"])
  }

  @Test func `of a folder only its own pictures count, of an archive no desktop's files`() throws {
    for name in ["b10.PNG", "b9.png", "notes.txt", ".hidden.png", "deeper/c.png"] {
      try scratch.write("folder/\(name)", name.hasPrefix("b") ? picture(0) : [1, 2, 3])
    }
    let album = try PictureAlbum(folder: scratch.path + "/folder")
    #expect(album.names.map { $0.split(separator: "/").last } == ["b9.png", "b10.PNG"])
    let archive = zip([("x/1.png", picture(1)), ("__MACOSX/x/._1.png", [0]), ("x/.thumb.png", [0]), ("x/", [])])
    let packed = try PictureAlbum(zip: scratch.write("a.zip", archive))
    #expect(packed.names == [scratch.path + "/a.zip/x/1.png"])
  }

  @Test func `where two axes may be the channels, somebody has to say which they are`() throws {
    let path = try scratch.write("square.npy", npyFile("|u1", [2, 3, 4, 3], (0..<72).map { UInt8($0) }))
    #expect(throws: SampleError.ambiguous(path, shape: [2, 3, 4, 3])) { try SampleImages(path) }
    #expect(try SampleImages(path, layout: .nchw).shape == [3, 4, 3])
    #expect(try SampleImages(path, layout: .nhwc).shape == [3, 3, 4])
  }

  @Test func `the first images make a picture`() throws {
    let grid = try SampleImages(fixture("samples.npz")).grid(2)
    #expect((grid.count, grid.width, grid.height, grid.channels) == (2, 5, 4, 3))
    #expect(grid.pixels == Array(pixels[..<120]))
  }
}

/// What cannot be measured is refused with the sentence that says why.
@Suite struct SampleErrorTests {
  let scratch: Scratch

  init() throws { scratch = try Scratch() }

  private func refusal(_ path: String, layout: ImageLayout? = nil) throws -> String {
    let error = #expect(throws: SampleError.self) { try SampleImages(path, layout: layout) }
    return try #require(error).description.replacingOccurrences(of: scratch.path + "/", with: "")
  }

  private func grey(_ height: Int, _ width: Int) -> [UInt8] {
    pngFile(channels: 1, height: height, width: width, [UInt8](repeating: 7, count: height * width))
  }

  @Test func `pictures of several sizes`() throws {
    try scratch.write("f/1.png", grey(4, 5))
    try scratch.write("f/2.png", grey(4, 5))
    try scratch.write("f/3.png", grey(5, 5))
    #expect(
      try refusal(scratch.path + "/f")
        == "f/1.png is 4 × 5 grey and f/3.png is 5 × 5 grey; all pictures must be of one size and kind")
  }

  @Test func `no picture, one picture, no path and another kind of file`() throws {
    try scratch.write("none/notes.txt", [1])
    try scratch.write("one/1.png", grey(4, 4))
    let text = try scratch.write("images.txt", [1])
    #expect(
      try refusal(scratch.path + "/none")
        == "none holds no .png, .jpg or .jpeg file (files and folders in it: 1); name the folder that directly holds them"
    )
    #expect(
      try refusal(scratch.path + "/one")
        == "one holds one item, and a distribution needs two at least; give more")
    #expect(
      try refusal(scratch.path + "/nowhere") == "there is nothing at nowhere; name a folder or a file that is there")
    #expect(
      try refusal(text)
        == "images.txt is neither a folder, nor a .npy, .npz or .zip file by its name; give one of these")
  }

  @Test func `a picture that is cut short, at any length`() throws {
    let whole = grey(4, 5)
    try scratch.write("f/1.png", whole)
    for length in 0..<whole.count {
      let path = try scratch.write("f/2.png", Array(whole[..<length]))
      let error = #expect(throws: SampleError.self) { try SampleImages(scratch.path + "/f") }
      guard case .unusable(path, reason: _) = error else {
        Issue.record("\(length): \(String(describing: error))")
        continue
      }
    }
  }

  @Test func `an array that is cut short, at any length`() throws {
    let whole = npyFile("<f4", [2, 2, 2], floatBytes([0, 0.5, 1, 0, 0, 0.25, 0, 1]))
    for length in 0..<whole.count {
      let path = try scratch.write("a.npy", Array(whole[..<length]))
      #expect(throws: SampleError.self) { try SampleImages(path) }
    }
    #expect(try SampleImages(scratch.write("a.npy", whole)).count == 2)
  }

  @Test func `numbers that no image has`() throws {
    let high = try scratch.write("high.npy", npyFile("<f4", [2, 1, 2], floatBytes([0, 1, 254, 0])))
    let bad = try scratch.write("nan.npy", npyFile("<f4", [2, 1, 2], floatBytes([0, 1, 0.5, .nan])))
    let whole = try scratch.write("int.npy", npyFile("<i8", [2, 1, 1], [UInt8](repeating: 0, count: 16)))
    #expect(
      try refusal(high)
        == "high.npy holds 254.0 at [1, 0, 0], where floating-point images lie from 0 to 1; rescale them, or give bytes from 0 to 255 (uint8)"
    )
    #expect(
      try refusal(bad) == "nan.npy holds nan at [1, 0, 1]; leave such items out, for a distance would have no meaning")
    #expect(
      try refusal(whole)
        == "int.npy is of the type int64; images are unsigned bytes from 0 to 255 (uint8) or floating-point numbers from 0 to 1"
    )
  }

  @Test func `rounding over the ends is no fault`() throws {
    let path = try scratch.write("a.npy", npyFile("<f4", [2, 1, 2], floatBytes([-1e-7, 1.000001, 0, 1])))
    #expect(try SampleImages(path).images(0..<2).values == [0, 1, 0, 1])
  }

  @Test func `shapes that are none of images`() throws {
    let flat = try scratch.write("flat.npy", npyFile("|u1", [2, 784], [UInt8](repeating: 0, count: 1568)))
    #expect(try refusal(flat).hasPrefix("flat.npy has the shape [2, 784], which is none of images; give [n, height, "))
    let grey = try scratch.write("grey.npy", npyFile("|u1", [2, 3, 4], [UInt8](repeating: 0, count: 24)))
    #expect(
      try refusal(grey, layout: .nchw)
        == "grey.npy has the shape [2, 3, 4], which --layout nchw does not fit; leave the option out or give another")
  }

  @Test func `an array of an archive that is not there`() throws {
    let path = fixture("samples.npz:noise")
    #expect(
      try refusal(path).hasSuffix(
        "samples.npz holds no array 'noise'; there are: images, floats, given as \(fixture("samples.npz")):images"))
  }
}

/// Codes and log-likelihoods that another program made.
@Suite struct SampleNumbersTests {
  let scratch: Scratch

  init() throws { scratch = try Scratch() }

  @Test func `codes and log-likelihoods are read from files of NumPy and from safetensors`() throws {
    let values: [Float] = [0.5, -1, 2, 3.25, 0, -7]
    let npy = try scratch.write("z.npy", npyFile("<f4", [3, 2], floatBytes(values)))
    let tensors = scratch.path + "/z.safetensors"
    try SafetensorsFile.write([NamedArray(name: "z", shape: [3, 2], values: values)], to: tensors)
    let (one, other) = (try SampleNumbers(npy), try SampleNumbers(tensors + ":z"))
    #expect(one.digest == other.digest)
    #expect(try one.codes() == Matrix(rows: 3, columns: 2, values: values))
    #expect(try other.codes() == one.codes())
    let column = try scratch.write("l.npy", npyFile("<f4", [3, 1], floatBytes([-80, -81.5, -79])))
    #expect(try SampleNumbers(column).logLikelihoods() == [-80, -81.5, -79])
  }

  @Test func `shapes that are none of codes or of log-likelihoods are refused`() throws {
    let cube = try SampleNumbers(scratch.write("c.npy", npyFile("<f4", [1, 2, 1], floatBytes([1, 2]))))
    #expect(throws: SampleError.noCodes(cube.path, shape: [1, 2, 1])) { try cube.codes() }
    #expect(throws: SampleError.noLikelihoods(cube.path, shape: [1, 2, 1])) { try cube.logLikelihoods() }
    let one = try SampleNumbers(scratch.write("o.npy", npyFile("<f4", [1, 2], floatBytes([1, 2]))))
    #expect(throws: SampleError.tooFew(one.path, count: 1)) { try one.codes() }
  }

  @Test func `a number that is none is named by its place`() throws {
    let path = try scratch.write("z.npy", npyFile("<f4", [2, 2], floatBytes([1, 2, .infinity, 0])))
    #expect(throws: SampleError.notFinite(path, value: "inf", index: [1, 0])) { try SampleNumbers(path) }
  }
}
