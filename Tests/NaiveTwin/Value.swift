import Tensors

/// The elements of a tensor, row-major.
struct Value {
  let shape: Shape
  let elements: [Double]

  init(shape: Shape, elements: [Double]) {
    precondition(elements.count == shape.count, "\(elements.count) numbers do not fill \(shape)")
    self.shape = shape
    self.elements = elements
  }

  subscript(coordinates: [Int]) -> Double { elements[shape.offset(of: coordinates)] }

  /// The element that stands at these coordinates once the value is stretched: trailing axes are aligned, and an axis
  /// of size one repeats.
  func stretched(at coordinates: [Int]) -> Double {
    let own = coordinates.suffix(shape.rank)
    return self[zip(own, shape.dimensions).map { coordinate, size in size == 1 ? 0 : coordinate }]
  }
}

extension Shape {
  /// The coordinates of every element, in row-major order.
  var everyCoordinates: [[Int]] { (0..<count).map { coordinates(at: $0) } }

  /// The coordinates of the element at a row-major offset.
  func coordinates(at offset: Int) -> [Int] {
    var rest = offset
    var coordinates = dimensions
    for axis in dimensions.indices.reversed() {
      coordinates[axis] = rest % dimensions[axis]
      rest /= dimensions[axis]
    }
    return coordinates
  }

  /// The row-major offset of the element at these coordinates.
  func offset(of coordinates: [Int]) -> Int {
    zip(dimensions, coordinates).reduce(0) { $0 * $1.0 + $1.1 }
  }
}
