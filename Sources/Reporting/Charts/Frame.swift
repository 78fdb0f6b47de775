import Foundation

/// The axes of a chart with their grid, ticks and titles, and paths within them.
struct Frame: Hashable {
  let x: Axis
  let y: Axis

  var elements: [Markup] { verticals + horizontals + [titleBelow, titleBeside] }

  /// The horizontal axis alone, for charts whose rows have names in place of numbers.
  var columns: [Markup] { verticals + [titleBelow] }

  /// A path through points; it breaks where a point has no place on the axes.
  func line(_ points: [(x: Double, y: Double)]) -> String {
    var (path, isDown) = ("", false)
    for point in points {
      guard let (left, top) = place(point) else {
        isDown = false
        continue
      }
      path += (isDown ? "L" : "M") + Frame.pixel(left) + " " + Frame.pixel(top)
      isDown = true
    }
    return path
  }

  /// The area between two lines; it breaks where a point has no place on the axes, and keeps within them.
  func area(_ points: [(x: Double, low: Double, high: Double)]) -> String {
    let edges = points.map { point -> (left: Double, low: Double, high: Double)? in
      guard let left = x.position(point.x), let low = y.position(y.clamped(point.low)),
        let high = y.position(y.clamped(point.high))
      else { return nil }
      return (left, low, high)
    }
    return edges.split(whereSeparator: { $0 == nil }).map { run -> String in
      let places = run.compactMap { $0 }
      let there = places.map { "\(Frame.pixel($0.left)) \(Frame.pixel($0.high))" }
      let back = places.reversed().map { "\(Frame.pixel($0.left)) \(Frame.pixel($0.low))" }
      return "M" + (there + back).joined(separator: "L") + "Z"
    }.joined()
  }

  /// A mark at each point that has a place, drawn by moves from its middle.
  func marks(_ points: [(x: Double, y: Double)], shape: String) -> String {
    points.compactMap(place).map { "M\(Frame.pixel($0.left)) \(Frame.pixel($0.top))\(shape)" }.joined()
  }

  private func place(_ point: (x: Double, y: Double)) -> (left: Double, top: Double)? {
    guard let left = x.position(point.x), let top = y.position(point.y) else { return nil }
    return (left, top)
  }

  private var verticals: [Markup] {
    let ticks = x.ticks
    return zip(ticks.values, ticks.labels).flatMap { value, label -> [Markup] in
      guard let left = x.position(value).map(Frame.pixel) else { return [] }
      return [
        .tag(
          "line",
          [
            "class": "rule", "x1": left, "x2": left, "y1": Frame.pixel(y.end), "y2": Frame.pixel(y.start),
          ]),
        .tag(
          "text",
          [
            "class": "quiet", "x": left, "y": Frame.pixel(y.start + 16), "text-anchor": "middle",
          ], text: label),
      ]
    }
  }

  private var horizontals: [Markup] {
    let ticks = y.ticks
    return zip(ticks.values, ticks.labels).flatMap { value, label -> [Markup] in
      guard let top = y.position(value) else { return [] }
      return [
        .tag(
          "line",
          [
            "class": "rule", "x1": Frame.pixel(x.start), "x2": Frame.pixel(x.end), "y1": Frame.pixel(top),
            "y2": Frame.pixel(top),
          ]),
        .tag(
          "text",
          [
            "class": "quiet", "x": Frame.pixel(x.start - 6), "y": Frame.pixel(top + 4), "text-anchor": "end",
          ], text: label),
      ]
    }
  }

  private var titleBelow: Markup {
    .tag(
      "text",
      ["x": Frame.pixel((x.start + x.end) / 2), "y": Frame.pixel(y.start + 36), "text-anchor": "middle"],
      text: x.title)
  }

  private var titleBeside: Markup {
    let (left, upright) = (Frame.pixel(14), Frame.pixel((y.start + y.end) / 2))
    return .tag(
      "text",
      [
        "x": left, "y": upright, "text-anchor": "middle", "transform": "rotate(-90 \(left) \(upright))",
      ], text: y.title)
  }

  /// Pixels with one digit after the point: enough for the eye, and the same on every machine.
  static func pixel(_ value: Double) -> String {
    let text = String(format: "%.1f", value)
    if text == "-0.0" { return "0" }
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }
}
