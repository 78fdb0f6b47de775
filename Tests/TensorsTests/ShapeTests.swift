import Tensors
import Testing

@Suite struct ShapeTests {
  private static let pairs: [(Shape, Shape)] = [
    ([], [2, 3]), ([3], [2, 3]), ([2, 1], [2, 3]), ([1, 3], [2, 1]), ([4, 1, 3], [2, 1]), ([5], [5]), ([1], [1, 1, 1]),
  ]

  @Test(arguments: pairs)
  func `stretching does not depend on the order of the operands`(left: Shape, right: Shape) {
    #expect(Shape.broadcast(left, right) == Shape.broadcast(right, left))
  }

  @Test(arguments: pairs)
  func `stretching to the common shape changes nothing more`(left: Shape, right: Shape) {
    let wide = Shape.broadcast(left, right)
    #expect(Shape.broadcast(left, wide) == wide && Shape.broadcast(right, wide) == wide)
  }

  @Test(arguments: pairs)
  func `reducing the repeated axes gives the operand back, but for ones in front`(left: Shape, right: Shape) {
    let wide = Shape.broadcast(left, right)
    for operand in [left, right] {
      #expect(wide.reduced(along: operand.repeatedAxes(in: wide)).dimensions == operand.padded(to: wide.rank))
    }
  }

  @Test func `a shape that needs no stretching repeats no axes`() {
    #expect(Shape([2, 1, 3]).repeatedAxes(in: [2, 1, 3]).isEmpty)
    #expect(Shape([3]).repeatedAxes(in: [1, 3]).isEmpty)
    #expect(Shape.scalar.repeatedAxes(in: [2, 3]) == [0, 1])
  }

  @Test func `reduced axes stay with size one`() {
    #expect(Shape([2, 3, 4]).reduced(along: [0, 2]) == [1, 3, 1])
    #expect(Shape([2, 3]).reduced(along: []) == [2, 3])
  }

  @Test func `a scalar has one element and no axes`() {
    #expect(Shape.scalar.count == 1)
    #expect(Shape.scalar.rank == 0)
  }

  @Test(arguments: [(1, 0, 1), (1, 1, 3), (2, 1, 4), (2, 2, 5), (2, 2, 6), (3, 0, 3)])
  func `enlarging is undone by reducing`(stride: Int, padding: Int, kernel: Int) {
    let geometry = AxisGeometry(stride: stride, before: padding, after: padding)
    for size in 2..<20 {
      let enlarged = geometry.enlarged(size, kernel: kernel)
      #expect(geometry.reduced(enlarged, kernel: kernel) == size)
      #expect(geometry.reduced(enlarged + stride - 1, kernel: kernel) == size)
      #expect(geometry.reduced(enlarged + stride, kernel: kernel) == size + 1)
    }
  }
}
