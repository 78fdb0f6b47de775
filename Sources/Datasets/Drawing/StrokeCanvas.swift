/// A square of pixels on which lines are drawn with a round pen.
struct StrokeCanvas {
  let side: Int
  var pixels: Int { side * side }
  /// The squared distance from each pixel's centre to the nearest line.
  private var distances: [Float]

  init(side: Int) {
    self.side = side
    distances = Array(repeating: .infinity, count: side * side)
  }

  /// How far from a line a pen of the given radius leaves ink.
  static func reach(_ radius: Float) -> Float { radius + softness }

  /// Half of the width, in pixels, over which the ink falls off at the pen's edge.
  private static let softness: Float = 0.6

  /// Appends an image of the lines: 255 on them, 0 away from them.
  mutating func draw(_ lines: [[SIMD2<Float>]], radius: Float, onto bytes: inout [UInt8]) {
    for i in distances.indices { distances[i] = .infinity }
    for line in lines {
      for (a, b) in zip(line, line.dropFirst()) { measure(a, b, reach: Self.reach(radius)) }
    }
    for distance in distances {
      let ink = (Self.reach(radius) - distance.squareRoot()) / (2 * Self.softness)
      bytes.append(UInt8((255 * min(max(ink, 0), 1)).rounded()))
    }
  }

  /// Takes the piece from `a` to `b` into account for the pixels that it reaches.
  private mutating func measure(_ a: SIMD2<Float>, _ b: SIMD2<Float>, reach: Float) {
    let (alongX, alongY) = (b.x - a.x, b.y - a.y)
    let squaredLength = max(alongX * alongX + alongY * alongY, 1e-12)
    let columns = range(a.x, b.x, reach)
    for row in range(a.y, b.y, reach) {
      let y = Float(row) + 0.5 - a.y
      for column in columns {
        let x = Float(column) + 0.5 - a.x
        let t = min(max((x * alongX + y * alongY) / squaredLength, 0), 1)
        let (restX, restY) = (x - t * alongX, y - t * alongY)
        distances[row * side + column] = min(distances[row * side + column], restX * restX + restY * restY)
      }
    }
  }

  /// The rows or columns, inside the canvas, that a pen between two coordinates may touch.
  private func range(_ a: Float, _ b: Float, _ reach: Float) -> Range<Int> {
    let low = max(Int((min(a, b) - reach - 0.5).rounded(.up)), 0)
    let high = min(Int((max(a, b) + reach - 0.5).rounded(.down)), side - 1)
    return low..<max(high + 1, low)
  }
}
