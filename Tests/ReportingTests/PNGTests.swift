import Experiments
import Foundation
import Reporting
import Testing

@Suite struct PNGTests {
  static func grid(_ count: Int, columns: Int, width: Int, height: Int, channels: Int) -> ImageGrid {
    let pixels = (0..<(count * width * height * channels)).map { UInt8(truncatingIfNeeded: $0 &* 37 &+ 11) }
    return ImageGrid(columns: columns, width: width, height: height, channels: channels, pixels: pixels)
  }

  static let grids = [
    grid(1, columns: 1, width: 1, height: 1, channels: 1), grid(7, columns: 3, width: 5, height: 4, channels: 1),
    grid(4, columns: 2, width: 3, height: 2, channels: 3), grid(3, columns: 10, width: 28, height: 28, channels: 1),
  ]

  @Test(arguments: grids.indices)
  func `decoding what was encoded gives the same pixels`(index: Int) throws {
    let grid = Self.grids[index]
    #expect(try PNG.decode(PNG.encode(grid)) == Raster(grid))
  }

  @Test(arguments: grids.indices)
  func `the same grid gives the same bytes, without a time stamp`(index: Int) throws {
    let grid = Self.grids[index]
    let data = try PNG.encode(grid)
    #expect(try PNG.encode(grid) == data)
    #expect(data.starts(with: [0x89, 0x50, 0x4E, 0x47]))
    for chunk in ["tIME", "tEXt", "zTXt"] { #expect(data.range(of: Data(chunk.utf8)) == nil) }
  }

  @Test(arguments: grids.indices)
  func `every image stands in its place, and all else is separator`(index: Int) {
    let grid = Self.grids[index]
    let raster = Raster(grid)
    var left = raster.pixels
    let (line, columns) = (grid.width * grid.channels, min(grid.columns, grid.count))
    for image in 0..<grid.count {
      for row in 0..<grid.height {
        let top = image / columns * (grid.height + 1) + row
        let start = (top * raster.width + image % columns * (grid.width + 1)) * grid.channels
        let source = (image * grid.height + row) * line
        #expect(Array(raster.pixels[start..<(start + line)]) == Array(grid.pixels[source..<(source + line)]))
        left.replaceSubrange(start..<(start + line), with: repeatElement(Raster.separator, count: line))
      }
    }
    #expect(left.allSatisfy { $0 == Raster.separator })
  }

  @Test func `what is no PNG is refused with a sentence`() throws {
    let data = try PNG.encode(Self.grids[1])
    let wrongs = [Data(), Data("no picture".utf8), data.prefix(20), data.prefix(data.count / 2)]
    for wrong in wrongs {
      let error = #expect(throws: ReportingError.self) { try PNG.decode(wrong) }
      #expect(error?.description.hasSuffix(".") == true)
    }
  }

  @Test func `a grid without images is refused with a sentence`() {
    let empty = ImageGrid(columns: 3, width: 2, height: 2, channels: 1, pixels: [])
    #expect(throws: ReportingError.self) { try PNG.encode(empty) }
  }
}
