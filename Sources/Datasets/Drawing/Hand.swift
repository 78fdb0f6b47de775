import Foundation

/// What one writing of a digit has of its own.
struct Hand {
  /// Uniform numbers that make a hand.
  static let draws = 40

  /// Half the pen's width, in pixels.
  let radius: Float
  private let style: Float
  private let turn: Float
  private let slant: Float
  private let stretch: Float
  private let box: Float
  private let shift: SIMD2<Float>
  /// Displacements at the nodes of a grid of 4 × 4 over the box of the shape.
  private let field: [SIMD2<Float>]

  /// - Parameter draws: `Hand.draws` uniform numbers.
  init(_ draws: [Float]) {
    func between(_ low: Float, _ high: Float, _ draw: Int) -> Float { low + (high - low) * draws[draw] }
    style = draws[0]
    radius = between(0.9, 1.8, 1)
    // Radians: 10° either way.
    turn = between(-0.17, 0.17, 2)
    slant = between(-0.1, 0.5, 3)
    stretch = between(0.7, 1.15, 4)
    box = between(17, 20, 5)
    shift = [between(-0.7, 0.7, 6), between(-0.7, 0.7, 7)]
    field = (0..<16).map { [between(-0.11, 0.11, 8 + 2 * $0), between(-0.11, 0.11, 9 + 2 * $0)] }
  }

  /// The strokes of a digit as polygonal lines in pixels, inside an image of the given side.
  func write(_ digit: Int, side: Float) -> [[SIMD2<Float>]] {
    let ways = GlyphShape.digits[digit]
    let shape = ways[min(Int(style * Float(ways.count)), ways.count - 1)]
    let lines = shape.strokes.map { stroke in smooth(stroke.map { skewed($0 + displacement(at: $0)) }) }
    return placed(lines, side: side)
  }

  private func skewed(_ point: SIMD2<Float>) -> SIMD2<Float> {
    let (cosine, sine) = (Float(cos(Double(turn))), Float(sin(Double(turn))))
    let (x, y) = (stretch * (point.x - 0.5) + slant * (0.5 - point.y), point.y - 0.5)
    return [cosine * x - sine * y, sine * x + cosine * y]
  }

  /// The field between the nodes, bilinear.
  private func displacement(at point: SIMD2<Float>) -> SIMD2<Float> {
    let (x, y) = (min(max(point.x, 0), 1) * 3, min(max(point.y, 0), 1) * 3)
    let (column, row) = (min(Int(x), 2), min(Int(y), 2))
    let (right, down) = (x - Float(column), y - Float(row))
    let node = 4 * row + column
    let above = field[node] * (1 - right) + field[node + 1] * right
    let below = field[node + 4] * (1 - right) + field[node + 5] * right
    return above * (1 - down) + below * down
  }

  /// Catmull and Rom's spline through the points, four pieces from each to the next.
  private func smooth(_ points: [SIMD2<Float>]) -> [SIMD2<Float>] {
    var line: [SIMD2<Float>] = []
    for i in 0..<(points.count - 1) {
      let (b, c) = (points[i], points[i + 1])
      let a = i > 0 ? points[i - 1] : 2 * b - c
      let d = i + 2 < points.count ? points[i + 2] : 2 * c - b
      let velocity = 0.5 * (c - a)
      let bend: SIMD2<Float> = a - 2.5 * b + 2 * c - 0.5 * d
      let twist: SIMD2<Float> = 0.5 * (d - a) + 1.5 * (b - c)
      for t in [Float(0), 0.25, 0.5, 0.75] {
        let rise: SIMD2<Float> = velocity + t * (bend + t * twist)
        line.append(b + t * rise)
      }
    }
    return line + points.suffix(1)
  }

  /// Scales the lines into the box, pen included, and puts their centre of mass near the image's middle.
  private func placed(_ lines: [[SIMD2<Float>]], side: Float) -> [[SIMD2<Float>]] {
    let points = lines.joined()
    let low = points.reduce([.infinity, .infinity]) { pointwiseMin($0, $1) }
    let high = points.reduce([-.infinity, -.infinity]) { pointwiseMax($0, $1) }
    let scale = (box - 2 * radius) / max(high.x - low.x, high.y - low.y)
    let centred = SIMD2(repeating: side / 2) + shift - scale * centre(lines)
    // The outermost pixels, whose centres lie half a pixel inside, stay black.
    let margin = StrokeCanvas.reach(radius) + 0.5
    let (least, most) = (margin - scale * low, side - margin - scale * high)
    let corner = pointwiseMin(pointwiseMax(centred, least), most)
    return lines.map { line in line.map { scale * $0 + corner } }
  }

  private func centre(_ lines: [[SIMD2<Float>]]) -> SIMD2<Float> {
    var (moment, length) = (SIMD2<Float>.zero, Float(0))
    for line in lines {
      for (a, b) in zip(line, line.dropFirst()) {
        let piece = ((b - a) * (b - a)).sum().squareRoot()
        moment += piece * 0.5 * (a + b)
        length += piece
      }
    }
    return moment / length
  }
}
