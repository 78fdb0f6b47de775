/// Means over seeds in rows, a dot each with a bar of one standard deviation to either side.
struct DotChart {
  let title: String
  let summary: String
  let x: String
  let rows: [Row]

  struct Row: Hashable {
    let name: String
    let style: LineStyle
    let point: LineChart.Point
  }

  private static let (width, lineOfRow) = (424.0, 24.0)

  var drawing: Drawing {
    let left = 16 + min(0.5 * DotChart.width, rows.map { WordWidth.pixels($0.name) }.max() ?? 0)
    let bottom = 10 + DotChart.lineOfRow * Double(max(1, rows.count))
    let frame = Frame(
      x: Axis(
        title: x, scale: .linear, values: rows.flatMap { [$0.point.low, $0.point.high] }, from: left,
        to: DotChart.width - 14),
      y: Axis(title: "", domain: 0...1, from: bottom, to: 6))
    return Drawing(
      width: Int(DotChart.width), height: Int(bottom + 46), title: title, summary: summary,
      elements: frame.columns + rows.indices.flatMap { row($0, in: frame) })
  }

  private func row(_ index: Int, in frame: Frame) -> [Markup] {
    let (row, y) = (rows[index], 10 + DotChart.lineOfRow * (Double(index) + 0.5))
    guard let middle = frame.x.position(row.point.mean), let low = frame.x.position(row.point.low),
      let high = frame.x.position(row.point.high)
    else { return [] }
    let colour = "series-\(row.style.colour)"
    return [
      .tag(
        "text", ["x": Frame.pixel(frame.x.start - 8), "y": Frame.pixel(y + 4), "text-anchor": "end"], text: row.name),
      .tag("path", ["class": "bar \(colour)", "d": "M\(Frame.pixel(low)) \(Frame.pixel(y))H\(Frame.pixel(high))"]),
      .tag("path", ["class": "dot \(colour)", "d": "M\(Frame.pixel(middle)) \(Frame.pixel(y))\(Mark.dot)"]),
    ]
  }
}
