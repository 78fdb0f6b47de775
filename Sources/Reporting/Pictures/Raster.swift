package import Experiments

/// A picture of 8 bits a channel: row after row, channels innermost.
package struct Raster: Hashable, Sendable {
  package let width: Int
  package let height: Int
  /// 1 for grey, 3 for red, green, blue.
  package let channels: Int
  package private(set) var pixels: [UInt8]

  package init(width: Int, height: Int, channels: Int, pixels: [UInt8]) {
    precondition(pixels.count == width * height * channels, "the pixels do not fill the picture")
    self.width = width
    self.height = height
    self.channels = channels
    self.pixels = pixels
  }

  /// The grey of the lines between images, told apart from black digits, white paper and dark pages alike.
  package static let separator: UInt8 = 128

  /// The images of a grid in their columns with lines of one pixel between them.
  package init(_ grid: ImageGrid) {
    let columns = max(1, min(grid.columns, grid.count))
    let rows = (grid.count + columns - 1) / columns
    width = max(0, columns * (grid.width + 1) - 1)
    height = max(0, rows * (grid.height + 1) - 1)
    channels = grid.channels
    pixels = [UInt8](repeating: Raster.separator, count: width * height * channels)
    for image in 0..<grid.count {
      place(image, of: grid, left: image % columns * (grid.width + 1), top: image / columns * (grid.height + 1))
    }
  }

  private mutating func place(_ image: Int, of grid: ImageGrid, left: Int, top: Int) {
    let line = grid.width * channels
    for row in 0..<grid.height {
      let source = (image * grid.height + row) * line
      let target = ((top + row) * width + left) * channels
      pixels.replaceSubrange(target..<(target + line), with: grid.pixels[source..<(source + line)])
    }
  }
}
