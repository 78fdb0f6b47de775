/// Where the parts of a line chart stand: the axes, and the names of the lines.
struct LineLayout {
  let width: Int
  let height: Int
  let frame: Frame
  /// The names at the lines' ends, or the legend.
  let names: [Markup]

  /// Many lines get more room.
  private static let crowd = 6
  private static let (left, bottom, lineOfLegend) = (68.0, 46.0, 18.0)

  init(of chart: LineChart) {
    let isCrowded = chart.series.count > LineLayout.crowd
    (width, height) = isCrowded ? (520, 400) : (424, 300)
    let names = chart.series.map(\.name)
    let widest = names.map(WordWidth.pixels).max() ?? 0
    let outer = (right: Double(width) - 12, bottom: Double(height) - LineLayout.bottom)
    let labelled = LineLayout.frame(chart, right: outer.right - widest - 20, top: 14, bottom: outer.bottom)
    if widest < 0.4 * Double(width), let labels = LineLayout.labels(chart.series, in: labelled) {
      (frame, self.names) = (labelled, labels)
    } else {
      let columns = max(1, min(names.count, Int((outer.right - LineLayout.left) / (widest + 52))))
      let rows = (names.count + columns - 1) / columns
      let top = 14 + LineLayout.lineOfLegend * Double(rows)
      frame = LineLayout.frame(chart, right: outer.right, top: top, bottom: max(outer.bottom, top + 60))
      self.names = LineLayout.legend(
        chart.series, columns: columns, step: (outer.right - LineLayout.left) / Double(columns))
    }
  }

  private static func frame(
    _ chart: LineChart, right: Double, top: Double, bottom: Double
  ) -> Frame {
    let points = chart.series.flatMap(\.points)
    // Below a mean on a logarithmic axis a spread as large as the mean would reach down without end.
    let lows = points.map { chart.y.scale == .logarithmic ? max($0.low, $0.mean / 2) : $0.low }
    return Frame(
      x: Axis(title: chart.x.text, scale: chart.x.scale, values: points.map(\.x), from: left, to: right),
      y: Axis(title: chart.y.text, scale: chart.y.scale, values: lows + points.map(\.high), from: bottom, to: top))
  }

  /// `nil` where a line ends before the right edge, where there is no room, and where there is a single line.
  private static func labels(_ series: [LineChart.Series], in frame: Frame) -> [Markup]? {
    let ends = series.compactMap { each in
      each.points.last.flatMap { end in frame.y.position(end.mean).map { (x: end.x, y: $0) } }
    }
    let reach = ends.compactMap { frame.x.position($0.x) }
    guard series.count > 1, reach.count == series.count, reach.allSatisfy({ $0 > frame.x.end - 20 }),
      let places = EndLabels.places(wished: ends.map(\.y), within: frame.y.end...frame.y.start)
    else { return nil }
    return series.indices.flatMap { index -> [Markup] in
      let colour = "series-\(series[index].style.colour)"
      let leader =
        "M\(Frame.pixel(reach[index] + 3)) \(Frame.pixel(ends[index].y))L\(Frame.pixel(frame.x.end + 13)) \(Frame.pixel(places[index]))"
      return [
        .tag("path", ["class": "leader \(colour)", "d": leader]),
        .tag(
          "text",
          ["class": colour, "x": Frame.pixel(frame.x.end + 16), "y": Frame.pixel(places[index] + 4)],
          text: series[index].name),
      ]
    }
  }

  private static func legend(_ series: [LineChart.Series], columns: Int, step: Double) -> [Markup] {
    series.indices.flatMap { index -> [Markup] in
      let start = left + Double(index % columns) * step
      let top = 14 + lineOfLegend * Double(index / columns)
      return keys(of: series[index], shape: Mark.shape(index), left: start, middle: top - 4)
        + [.tag("text", ["x": Frame.pixel(start + 36), "y": Frame.pixel(top)], text: series[index].name)]
    }
  }

  /// A piece of the line, and the mark of its points where they have one; of a single point the mark alone.
  private static func keys(of series: LineChart.Series, shape: String, left: Double, middle: Double) -> [Markup] {
    let line = Markup.tag(
      "path", ["class": "mean \(series.style.classes)", "d": "M\(Frame.pixel(left)) \(Frame.pixel(middle))h28"])
    guard series.points.count <= LineChart.few else { return [line] }
    let mark = Markup.tag(
      "path",
      [
        "class": "mean series-\(series.style.colour)",
        "d": "M\(Frame.pixel(left + 14)) \(Frame.pixel(middle))\(shape)",
      ])
    return series.points.count == 1 ? [mark] : [line, mark]
  }
}
