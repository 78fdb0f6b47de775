/// Curves of methods: the mean over seeds as a strong line, each seed as a thin one.
struct LineChart {
  let title: String
  let summary: String
  let x: AxisTitle
  let y: AxisTitle
  let series: [Series]

  struct AxisTitle {
    let text: String
    let scale: Axis.Scale
  }

  struct Series {
    let name: String
    /// One line for each seed, in order of x.
    let lines: [[(x: Double, y: Double)]]

    /// The mean at each x that every line reaches with a finite value.
    var mean: [(x: Double, y: Double)] {
      guard let first = lines.first else { return [] }
      let tables = lines.map { line in Dictionary(line.map { ($0.x, $0.y) }) { $1 } }
      return first.compactMap { point in
        let values = tables.compactMap { $0[point.x] }
        guard values.count == lines.count, values.allSatisfy(\.isFinite) else { return nil }
        return (point.x, values.reduce(0, +) / Double(values.count))
      }
    }
  }

  private static let (width, height) = (424, 300)
  private static let lineOfLegend = 18.0

  var drawing: Drawing {
    let top = 16 + LineChart.lineOfLegend * Double((series.count + 1) / 2)
    let frame = frame(top: top)
    return Drawing(
      width: LineChart.width, height: LineChart.height, title: title, summary: summary,
      elements: frame.elements + series.indices.flatMap { curves(of: $0, in: frame) } + legend)
  }

  private func frame(top: Double) -> Frame {
    let points = series.flatMap { $0.lines.joined() }
    return Frame(
      x: Axis(title: x.text, scale: x.scale, values: points.map(\.x), from: 56, to: Double(LineChart.width - 12)),
      y: Axis(title: y.text, scale: y.scale, values: points.map(\.y), from: Double(LineChart.height - 46), to: top))
  }

  private func curves(of index: Int, in frame: Frame) -> [Markup] {
    let number = index % Palette.seriesCount + 1
    let singles = series[index].lines.count > 1 ? series[index].lines : []
    let thin = singles.map { Markup.tag("path", ["class": "single series-\(number)", "d": frame.line($0)]) }
    let mean = series[index].mean
    let strong = Markup.tag("path", ["class": "mean series-\(number) dash-\(number)", "d": frame.line(mean)])
    let dots = Markup.tag("path", ["class": "mean series-\(number)", "d": frame.marks(mean, shape: Mark.shape(index))])
    return thin + [strong] + (mean.count <= 12 ? [dots] : [])
  }

  private var legend: [Markup] {
    series.indices.flatMap { index -> [Markup] in
      let number = index % Palette.seriesCount + 1
      let left = 56.0 + Double(index % 2) * 180
      let top = 14 + LineChart.lineOfLegend * Double(index / 2)
      return [
        .tag(
          "path",
          [
            "class": "mean series-\(number) dash-\(number)", "d": "M\(Frame.pixel(left)) \(Frame.pixel(top - 4))h28",
          ]),
        .tag("text", ["x": Frame.pixel(left + 36), "y": Frame.pixel(top)], text: series[index].name),
      ]
    }
  }
}
