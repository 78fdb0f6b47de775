/// Curves over seeds: the mean as a line, one standard deviation to either side as a band, or as bars where points are few.
///
/// Lines are named at their ends where all reach the right edge and there is room, in a legend above otherwise.
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
    let style: LineStyle
    /// In order of x.
    let points: [Point]

    init(name: String, style: LineStyle, points: [Point]) {
      (self.name, self.style, self.points) = (name, style, points)
    }

    /// The mean and its spread at each x that the line of every seed reaches with a finite value.
    init(name: String, style: LineStyle, lines: [[(x: Double, y: Double)]]) {
      let tables = lines.map { line in Dictionary(line.map { ($0.x, $0.y) }) { $1 } }
      let points = (lines.first ?? []).compactMap { place -> Point? in
        let values = tables.compactMap { $0[place.x] }
        guard values.count == lines.count, values.allSatisfy(\.isFinite) else { return nil }
        return Point(x: place.x, values: values)
      }
      self.init(name: name, style: style, points: points)
    }

    /// The most seeds behind a point.
    var seeds: Int { points.map(\.count).max() ?? 0 }
  }

  /// A mean over seeds at one place.
  struct Point: Hashable {
    let x: Double
    let mean: Double
    /// The sample standard deviation (n − 1); `nil` of a single seed.
    let deviation: Double?
    /// The number of seeds.
    let count: Int

    /// - Precondition: there is a value.
    init(x: Double, values: [Double]) {
      let mean = values.reduce(0, +) / Double(values.count)
      let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
      self.x = x
      self.mean = mean
      count = values.count
      deviation = values.count > 1 ? (squares / Double(values.count - 1)).squareRoot() : nil
    }

    var low: Double { mean - (deviation ?? 0) }
    var high: Double { mean + (deviation ?? 0) }
  }

  /// Where so few points are, each has a mark and a bar.
  static let few = 12

  var drawing: Drawing {
    let layout = LineLayout(of: self)
    let drawn = series.indices.map { layers(of: series[$0], shape: Mark.shape($0), in: layout.frame) }
    return Drawing(
      width: layout.width, height: layout.height, title: title, summary: summary,
      elements: layout.frame.elements + drawn.flatMap(\.spread) + drawn.flatMap(\.line) + layout.names)
  }

  private func layers(
    of series: Series, shape: String, in frame: Frame
  ) -> (spread: [Markup], line: [Markup]) {
    let (points, colour) = (series.points, "series-\(series.style.colour)")
    let line = Markup.tag(
      "path", ["class": "mean \(series.style.classes)", "d": frame.line(points.map { ($0.x, $0.mean) })])
    guard points.count <= LineChart.few else { return (band(points, colour, in: frame), [line]) }
    let marks = Markup.tag(
      "path", ["class": "mean \(colour)", "d": frame.marks(points.map { ($0.x, $0.mean) }, shape: shape)])
    return (bars(points, colour, in: frame), [line, marks])
  }

  private func band(_ points: [Point], _ colour: String, in frame: Frame) -> [Markup] {
    guard points.contains(where: { $0.deviation != nil }) else { return [] }
    let area = frame.area(points.map { (x: $0.x, low: $0.low, high: $0.high) })
    return area.isEmpty ? [] : [.tag("path", ["class": "band \(colour)", "d": area])]
  }

  private func bars(_ points: [Point], _ colour: String, in frame: Frame) -> [Markup] {
    let spread = points.filter { $0.deviation != nil }
    let bars = spread.map { frame.line([($0.x, frame.y.clamped($0.low)), ($0.x, frame.y.clamped($0.high))]) }.joined()
    return bars.isEmpty ? [] : [.tag("path", ["class": "bar \(colour)", "d": bars])]
  }
}
