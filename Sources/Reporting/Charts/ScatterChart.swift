import Experiments

/// Points of the plane in groups: dots for the ground (data, codes of items), marks for what lies on it.
struct ScatterChart {
  let title: String
  let summary: String
  let x: String
  let y: String
  let cloud: PointCloud
  /// The clouds that share its axes, for pictures that are to be held against each other.
  let companions: [PointCloud]

  private static let side = 350.0
  private static let lineOfLegend = 18.0

  var drawing: Drawing {
    let groups = styles
    let top = 14 + ScatterChart.lineOfLegend * Double((keys(groups).count + 1) / 2)
    let frame = frame(top: top)
    return Drawing(
      width: Int(60 + ScatterChart.side + 14), height: Int(top + ScatterChart.side + 46), title: title,
      summary: summary,
      elements: frame.elements + layers(groups, in: frame) + legend(groups))
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
}

extension ScatterChart {
  /// How a group is drawn: its class in the style sheet and its shape.
  private struct Style {
    let name: String
    let shape: String
  }

  /// Ground in grey where it is one group and in a colour for each where there are several; marks by shape and by a
  /// colour that the ground leaves free.
  private var styles: [Style] {
    let grounds = cloud.groups.filter(isGround).count
    var (ground, mark) = (0, 0)
    return cloud.groups.map { group in
      if isGround(group) {
        ground += 1
        let colour = grounds == 1 ? "series-6" : "class-\((ground - 1) % Palette.classes.count + 1)"
        return Style(name: "dots \(colour)", shape: Mark.dot)
      }
      if isPath(group) { return Style(name: "path series-\(grounds > 1 ? 6 : 1)", shape: Mark.dot) }
      mark += 1
      return Style(
        name: "\(isBelow(group) ? "crowd" : "marks") \(grounds > 1 ? "mark" : "series")-\((mark - 1) % 2 + 1)",
        shape: Mark.shape(mark - 1, isSmall: group.points.count > 150))
    }
  }

  /// The groups one over the other: crowds of marks lie below the ground, so that they do not hide it.
  private func layers(_ styles: [Style], in frame: Frame) -> [Markup] {
    let drawn = zip(cloud.groups, styles).map { (isBelow: isBelow($0), path: points(of: $0, $1, in: frame)) }
    return (drawn.filter(\.isBelow) + drawn.filter { !$0.isBelow }).map(\.path)
  }

  private func isBelow(_ group: PointCloud.Group) -> Bool {
    !isGround(group) && group.points.count > cloud.groups.filter(isGround).map(\.points.count).reduce(0, +)
  }

  private func isGround(_ group: PointCloud.Group) -> Bool {
    group.name == "data" || group.name.hasPrefix("posterior")
  }

  /// Whether its points follow each other along a line.
  private func isPath(_ group: PointCloud.Group) -> Bool { group.name.hasPrefix("path") }

  private func points(of group: PointCloud.Group, _ style: Style, in frame: Frame) -> Markup {
    let points = group.points.map { (x: Double($0.x), y: Double($0.y)) }
    let ends = [points.first, points.last].compactMap { $0 }
    return .tag(
      "path",
      [
        "class": style.name,
        "d": isPath(group)
          ? frame.line(points) + frame.marks(ends, shape: Mark.ring) : frame.marks(points, shape: style.shape),
      ])
  }

  /// What the legend says, with the style of each entry; paths share one.
  private func keys(_ styles: [Style]) -> [(words: String, style: Style)] {
    let paths = cloud.groups.filter(isPath)
    let groups = zip(cloud.groups, styles)
    let single = groups.filter { !isPath($0.0) }.map { ("\($0.0.name) (\($0.0.points.count))", $0.1) }
    guard let path = groups.first(where: { isPath($0.0) })?.1 else { return single }
    return single + [("paths (\(paths.count))", Style(name: path.name, shape: "m-6 0h12"))]
  }

  private func legend(_ styles: [Style]) -> [Markup] {
    keys(styles).enumerated().flatMap { index, key -> [Markup] in
      let top = 12 + ScatterChart.lineOfLegend * Double(index / 2)
      let left = 66.0 + Double(index % 2) * 155
      return [
        .tag(
          "path",
          ["class": "key " + key.style.name, "d": "M\(Frame.pixel(left)) \(Frame.pixel(top - 4))" + key.style.shape]),
        .tag("text", ["x": Frame.pixel(left + 12), "y": Frame.pixel(top)], text: key.words),
      ]
    }
  }
}

/// Shapes that tell groups apart without colour, drawn by moves from the middle.
enum Mark {
  static let dot = "h0"
  static let ring = "m-3.5 0a3.5 3.5 0 1 0 7 0a3.5 3.5 0 1 0 -7 0"

  static func shape(_ index: Int, isSmall: Bool = false) -> String {
    let shapes =
      isSmall
      ? ["m-1.8 0h3.6m-1.8 -1.8v3.6", "m-1.6 -1.6l3.2 3.2m-3.2 0l3.2 -3.2"]
      : ["m-3 0h6m-3 -3v6", "m-2.8 -2.8l5.6 5.6m-5.6 0l5.6 -5.6", "m-3 -3h6v6h-6z", "m0 -4l4 7h-8z"]
    return shapes[index % shapes.count]
  }
}
