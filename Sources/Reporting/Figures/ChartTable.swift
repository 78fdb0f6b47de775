import Experiments

/// The numbers that a chart draws, as a table.
enum ChartTable {
  /// Longer curves are thinned to so many rows, evenly, with both ends.
  static let longest = 25

  /// A row for each place on the horizontal axis, a column for each line.
  static func of(_ series: [LineChart.Series], title: String, x: String, y: String, tier: Tier) -> Table {
    let lines = series.map { Dictionary($0.points.map { ($0.x, $0) }) { first, _ in first } }
    let places = Set(lines.flatMap(\.keys)).sorted()
    let shown = thinned(places)
    return Table(
      caption: title, tier: tier, columns: [Column(x, .name)] + series.map { Column($0.name, .number) },
      rows: shown.map { place in
        Row([.text(Prose(words(for: place)))] + lines.map { line in line[place].map(cell) ?? .blank })
      }, notes: ["\(y): \(ChartTable.words(shown: shown.count, of: places.count))."])
  }

  static func of(_ rows: [DotChart.Row], title: String, x: String, tier: Tier) -> Table {
    Table(
      caption: title, tier: tier, columns: [Column("experiment", .name), Column(x, .number), Column("seeds", .number)],
      rows: rows.map { row in
        Row([
          .text(Prose(row.name)), cell(row.point), .number(Double(row.point.count), shown: String(row.point.count)),
        ])
      }, notes: ["Means over seeds ± sample standard deviation."])
  }

  /// A place on the horizontal axis: an iteration, a rank, a value of a parameter.
  static func words(for place: Double) -> String {
    if place == place.rounded(), abs(place) < 1e7 { return Numerals.count(Int(place)) }
    let text = Numerals.significant(place)
    guard text.contains("."), !text.contains("e") else { return text }
    return String(text.reversed().drop { $0 == "0" }.reversed())
  }

  private static func words(shown: Int, of count: Int) -> String {
    "means over seeds ± sample standard deviation"
      + (shown < count ? "; \(shown) of the \(count) points that are drawn, evenly spaced" : "")
  }

  private static func cell(_ point: LineChart.Point) -> Cell {
    .number(point.mean, shown: Numerals.spread(point.mean, point.deviation))
  }

  private static func thinned(_ places: [Double]) -> [Double] {
    guard places.count > longest else { return places }
    return (0..<longest).map { places[$0 * (places.count - 1) / (longest - 1)] }
  }
}
