/// The sizes of a tensor along each of its axes, outermost first, as in `[batch, channels, height, width]`.
package struct Shape: Hashable, Sendable, ExpressibleByArrayLiteral, CustomStringConvertible {
  package let dimensions: [Int]

  package init(_ dimensions: [Int]) {
    precondition(dimensions.allSatisfy { $0 > 0 }, "a shape has positive sizes only, not \(dimensions)")
    self.dimensions = dimensions
  }

  package init(arrayLiteral elements: Int...) { self.init(elements) }

  /// The shape of a single number.
  package static let scalar = Shape([])

  package var rank: Int { dimensions.count }

  /// The number of elements.
  package var count: Int { dimensions.reduce(1, *) }

  package subscript(axis: Int) -> Int { dimensions[axis] }

  package var description: String { "[\(dimensions.map(String.init).joined(separator: ", "))]" }

  /// This shape with the given axes reduced to size one.
  package func reduced(along axes: [Int]) -> Shape {
    precondition(axes.allSatisfy(dimensions.indices.contains), "\(self) has no axes \(axes)")
    return Shape(dimensions.indices.map { axes.contains($0) ? 1 : dimensions[$0] })
  }

  /// The shape both operands are stretched to: trailing axes are aligned, and an axis of size one repeats.
  package static func broadcast(_ left: Shape, _ right: Shape) -> Shape {
    let rank = max(left.rank, right.rank)
    return Shape(
      zip(left.padded(to: rank), right.padded(to: rank)).map { a, b in
        precondition(a == b || a == 1 || b == 1, "shapes \(left) and \(right) do not broadcast")
        return max(a, b)
      })
  }

  /// The sizes with ones put in front until there are `rank` of them.
  package func padded(to rank: Int) -> [Int] {
    precondition(rank >= dimensions.count, "\(self) has more than \(rank) axes")
    return Array(repeating: 1, count: rank - dimensions.count) + dimensions
  }

  /// The axes of `wide` along which a tensor of this shape is repeated when stretched to it.
  package func repeatedAxes(in wide: Shape) -> [Int] {
    let own = padded(to: wide.rank)
    return wide.dimensions.indices.filter { own[$0] == 1 && wide[$0] != 1 }
  }
}
