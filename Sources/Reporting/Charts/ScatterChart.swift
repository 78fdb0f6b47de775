import Experiments

/// Points of the plane in groups; the first group is the ground the others lie on.
struct ScatterChart {
  let title: String
  let summary: String
  let x: String
  let y: String
  let cloud: PointCloud
  /// The clouds that share its axes, for pictures that are to be held against each other.
  let companions: [PointCloud]

  private static let side = 330.0
  private static let lineOfLegend = 18.0

  var drawing: Drawing {
    let top = 14 + ScatterChart.lineOfLegend * Double(cloud.groups.count)
    let frame = frame(top: top)
    return Drawing(
      width: Int(60 + ScatterChart.side + 14), height: Int(top + ScatterChart.side + 48), title: title,
      summary: summary,
      elements: frame.elements + cloud.groups.indices.map { points(of: $0, in: frame) } + legend)
  }

  /// Both axes have as many units a pixel.
  private func frame(top: Double) -> Frame {
    let points = ([cloud] + companions).flatMap { $0.groups.flatMap(\.points) }
    let (left, bottom) = (60.0, top + ScatterChart.side)
    let x = Axis(
      title: x, scale: .linear, values: points.map { Double($0.x) }, from: left, to: left + ScatterChart.side)
    let y = Axis(title: y, scale: .linear, values: points.map { Double($0.y) }, from: bottom, to: top)
    let half = max(width(x.domain), width(y.domain)) / 2
    return Frame(
      x: Axis(title: x.title, domain: around(x.domain, half), from: x.start, to: x.end),
      y: Axis(title: y.title, domain: around(y.domain, half), from: y.start, to: y.end))
  }

  private func width(_ domain: ClosedRange<Double>) -> Double { domain.upperBound - domain.lowerBound }

  private func around(_ domain: ClosedRange<Double>, _ half: Double) -> ClosedRange<Double> {
    let middle = (domain.lowerBound + domain.upperBound) / 2
    return (middle - half)...(middle + half)
  }

  private func points(of index: Int, in frame: Frame) -> Markup {
    let points = cloud.groups[index].points.map { (x: Double($0.x), y: Double($0.y)) }
    return .tag("path", ["class": style(index), "d": frame.marks(points, shape: shape(index))])
  }

  private var legend: [Markup] {
    cloud.groups.indices.flatMap { index -> [Markup] in
      let top = 12 + ScatterChart.lineOfLegend * Double(index)
      let group = cloud.groups[index]
      return [
        .tag("path", ["class": style(index), "d": "M70 \(Frame.pixel(top - 4))" + shape(index)]),
        .tag("text", ["x": "82", "y": Frame.pixel(top)], text: "\(group.name) (\(group.points.count))"),
      ]
    }
  }

  private func style(_ index: Int) -> String {
    "\(index == 0 ? "dots" : "marks") series-\(index == 0 ? 6 : (index - 1) % (Palette.seriesCount - 1) + 1)"
  }

  private func shape(_ index: Int) -> String { index == 0 ? Mark.dot : Mark.shape(index - 1) }
}
