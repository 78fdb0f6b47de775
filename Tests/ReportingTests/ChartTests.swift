import Experiments
import Testing

@testable import Reporting

@Suite struct ChartTests {
  static func chart(_ names: [String], _ lines: [[(x: Double, y: Double)]], scale: Axis.Scale = .linear) -> LineChart {
    LineChart(
      title: "loss", summary: "Falls.", x: .init(text: "iteration", scale: .linear),
      y: .init(text: "nats", scale: scale),
      series: names.map { LineChart.Series(name: $0, lines: lines) })
  }

  static let twoSeeds: [[(x: Double, y: Double)]] = [[(1, 10), (2, 6), (3, 4)], [(1, 12), (2, 8), (3, 2)]]

  @Test func `the mean is taken over all seeds at each place, and not where one of them is missing`() {
    let series = LineChart.Series(name: "a", lines: Self.twoSeeds + [[(1, 2), (2, .nan)]])
    #expect(series.mean.map(\.x) == [1])
    #expect(series.mean.map(\.y) == [8])
  }

  @Test func `a line chart has each seed thin, the mean strong and a legend`() throws {
    let file = try ParsedMarkup(Self.chart(["VAE", "dpVAE"], Self.twoSeeds).drawing.file(name: "f"))
    let classes = file.all("path").compactMap { $0.attributes["class"] }
    #expect(classes.filter { $0.hasPrefix("single") }.count == 4)
    // Of each series: the line, its marks and the line in the legend.
    #expect(classes.filter { $0.hasPrefix("mean") }.count == 6)
    #expect(file.all("text").map(\.text).filter { ["VAE", "dpVAE", "iteration", "nats"].contains($0) }.count == 4)
  }

  @Test(arguments: Hostile.texts)
  func `a drawing is well-formed and says its words whatever they are`(text: String) throws {
    let file = try ParsedMarkup(Self.chart([text, "b"], Self.twoSeeds).drawing.file(name: "f"))
    #expect(file.all("text").contains { $0.text == text })
    #expect(file.all("title").map(\.text) == ["loss"] && file.all("desc").map(\.text) == ["Falls."])
    let root = try #require(file.elements.first)
    #expect(root.attributes["role"] == "img" && root.attributes["aria-labelledby"] == "f-title f-desc")
  }

  @Test func `points without a place break the line and are never written as numbers`() throws {
    let lines: [[(x: Double, y: Double)]] = [[(1, 10), (2, .nan), (3, 4), (4, 5), (5, 0), (6, .infinity)]]
    let drawing = Self.chart(["a"], lines + lines, scale: .logarithmic).drawing
    let paths = try ParsedMarkup(drawing.file(name: "f")).all("path").compactMap { $0.attributes["d"] }
    #expect(paths.allSatisfy { !$0.contains("nan") && !$0.contains("inf") })
    let thin = try #require(paths.first)
    #expect(thin.filter { $0 == "M" }.count == 2 && thin.filter { $0 == "L" }.count == 1)
  }

  @Test func `a chart without a line still is a picture`() throws {
    for chart in [Self.chart([], []), Self.chart(["a"], [[]])] {
      #expect(try !ParsedMarkup(chart.drawing.file(name: "f")).all("text").isEmpty)
    }
  }

  @Test func `a scatter has one unit a pixel on both axes and a mark for each point`() throws {
    let points = [PointCloud.Point(x: 0, y: 0), .init(x: 4, y: 1), .init(x: 2, y: 0.5)]
    let cloud = PointCloud(groups: [.init(name: "posterior", points: points), .init(name: "low", points: [points[0]])])
    let drawing = ScatterChart(title: "t", summary: "s", x: "z₁", y: "z₂", cloud: cloud, companions: []).drawing
    let file = try ParsedMarkup(drawing.file(name: "f"))
    let marks = try #require(file.all("path").first { $0.attributes["class"]?.hasPrefix("dots") == true })
    let places = try #require(marks.attributes["d"]).split(separator: "M").map { place in
      place.prefix { $0 != "h" }.split(separator: " ").compactMap { Double($0) }
    }
    #expect(places.count == 3)
    let (wide, high) = (places[1][0] - places[0][0], places[0][1] - places[1][1])
    #expect(abs(wide - 4 * high) < 0.5)  // Pixels are written with one digit after the point.
    #expect(file.all("text").contains { $0.text == "low (1)" })
  }

  @Test func `a crowd of marks lies under the ground that it would hide, a few marks over it`() throws {
    func classes(marks count: Int) throws -> [String] {
      let points = (0..<count).map { PointCloud.Point(x: Float($0), y: 0) }
      let cloud = PointCloud(groups: [
        .init(name: "posterior 0", points: Array(points.prefix(3))), .init(name: "low-posterior", points: points),
      ])
      let drawing = ScatterChart(title: "t", summary: "s", x: "x", y: "y", cloud: cloud, companions: []).drawing
      return try ParsedMarkup(drawing.file(name: "f")).all("path").compactMap { $0.attributes["class"] }
    }
    #expect(try classes(marks: 3).prefix(2) == ["dots series-6", "marks series-1"])
    #expect(try classes(marks: 9).prefix(2) == ["crowd series-1", "dots series-6"])
  }

  @Test func `a drawing of its own brings the colours for light and dark, within a page it does not`() {
    let drawing = Self.chart(["a"], Self.twoSeeds).drawing
    #expect(drawing.file(name: "f").contains("prefers-color-scheme: dark"))
    let figure = Figure(name: "f", alternative: "a", caption: "c", content: .drawing(drawing))
    let page = HTML.render(Document(title: "t", blocks: [.figures([figure])]))
    #expect(page.split(separator: "<style>").count == 2)
  }
}
