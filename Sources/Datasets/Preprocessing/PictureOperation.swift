/// What may be done to a picture on its way into a dataset.
enum PictureOperation: Equatable {
  case crop(top: Int, left: Int, height: Int, width: Int)
  /// Saved as a JPEG picture and read back.
  case jpeg(quality: Int)
  case resize(height: Int, width: Int)

  /// The same on pictures of half the height and width: crops are halved, what comes out keeps its size.
  var halved: PictureOperation {
    switch self {
    case .crop(let top, let left, let height, let width):
      .crop(top: top / 2, left: left / 2, height: height / 2, width: width / 2)
    case .jpeg, .resize: self
    }
  }

  /// The shape it makes of pictures of a shape.
  func shape(of input: [Int]) -> [Int] {
    switch self {
    case .crop(_, _, let height, let width), .resize(let height, let width): [input[0], height, width]
    case .jpeg: input
    }
  }

  /// Makes what is needed for all pictures of a shape, and then does it to each.
  func prepared(for input: [Int]) -> (Raster) throws -> Raster {
    switch self {
    case .crop(let top, let left, let height, let width):
      return { $0.cropped(top: top, left: left, height: height, width: width) }
    case .jpeg(let quality):
      let codec = JPEG()
      return { try codec.decode(codec.encode($0, quality: quality), shape: input, name: "a picture just encoded") }
    case .resize(let height, let width):
      // Rows go first, as in Pillow, whose newer versions turn that round where it is cheaper, which it is for no square.
      let (rows, columns) = (Resampling(from: input[2], to: width), Resampling(from: input[1], to: height))
      return { picture in
        let wide = picture.width == width ? picture : rows.alongRows(picture)
        return picture.height == height ? wide : columns.alongColumns(wide)
      }
    }
  }
}
