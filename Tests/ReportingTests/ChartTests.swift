import Experiments
import Foundation
import SampleReport
import Testing

@testable import Reporting

@Suite struct ChartTests {
  static func chart(_ names: [String], _ lines: [[(x: Double, y: Double)]], scale: Axis.Scale = .linear) -> LineChart {
    LineChart(
      title: "loss", summary: "Falls.", x: .init(text: "iteration", scale: .linear),
      y: .init(text: "nats", scale: scale),
      series: zip(names, LineStyle.counted(names.count)).map {
        LineChart.Series(name: $0, style: $1, lines: lines)
      })
  }

  static let twoSeeds: [[(x: Double, y: Double)]] = [[(1, 10), (2, 6), (3, 4)], [(1, 12), (2, 8), (3, 2)]]

  static let style = LineStyle.counted(1)[0]

  /// More points than have a mark each.
  static let long: [[(x: Double, y: Double)]] = [0, 2].map { seed in
    (1...20).map { (x: Double($0), y: 50 / Double($0) + seed) }
  }

  private static func classes(_ chart: LineChart) throws -> [String] {
    try ParsedMarkup(chart.drawing.file(name: "f")).all("path").compactMap { $0.attributes["class"] }
  }

  @Test func `the mean is taken over all seeds at each place, and not where one of them is missing`() {
    let lines = Self.twoSeeds + [[(1, 2), (2, .nan)]]
    let series = LineChart.Series(name: "a", style: Self.style, lines: lines)
    #expect(series.points.map(\.x) == [1])
    #expect(series.points.map(\.mean) == [8])
    // The values 10, 12 and 2 have the variance (4 + 16 + 36) / 2.
    let deviation = Double(28).squareRoot()
    #expect(series.points.map(\.deviation) == [deviation])
  }

  @Test func `a long line has a band about it, a few points have bars, and a single seed has neither`() throws {
    #expect(try Self.classes(Self.chart(["VAE"], Self.long)).filter { $0.hasPrefix("band") }.count == 1)
    let few = try Self.classes(Self.chart(["VAE"], Self.twoSeeds))
    #expect(few.contains("bar series-1") && !few.contains { $0.hasPrefix("band") })
    for lines in [Self.long, Self.twoSeeds] {
      let single = try Self.classes(Self.chart(["VAE"], Array(lines.prefix(1))))
      #expect(!single.contains { $0.hasPrefix("band") || $0.hasPrefix("bar") })
    }
  }

  @Test func `a band reaches one deviation to either side of the mean`() throws {
    // Seeds apart by 2 at every place: the deviation is √2, about a mean of 50 / x + 1.
    let file = try ParsedMarkup(Self.chart(["VAE"], Self.long).drawing.file(name: "f"))
    let band = try #require(file.all("path").first { $0.attributes["class"]?.hasPrefix("band") == true })
    let line = try #require(file.all("path").first { $0.attributes["class"]?.hasPrefix("mean") == true })
    let (edges, means) = (Self.places(band), Self.places(line))
    #expect(edges.count == 2 * means.count)
    let deviation = Double(2).squareRoot()
    let unit = (means[19][1] - means[0][1]) / (50.0 - 50.0 / 20)  // Pixels of one nat.
    for (index, mean) in means.enumerated() {
      let (high, low) = (edges[index], edges[edges.count - 1 - index])
      #expect(abs(mean[1] - high[1] - unit * deviation) < 0.2)  // Pixels are written with one digit.
      #expect(abs(low[1] - mean[1] - unit * deviation) < 0.2)
    }
  }

  private static func places(_ path: ParsedMarkup.Element) -> [[Double]] {
    (path.attributes["d"] ?? "").split { "MLZ".contains($0) }.map { $0.split(separator: " ").compactMap { Double($0) } }
  }

  @Test func `lines that reach the right edge are named there, others in a legend`() throws {
    let (together, apart) = (Self.chart(["VAE", "dpVAE"], Self.long), Self.long.map { Array($0.prefix(10)) })
    #expect(try Self.classes(together).filter { $0.hasPrefix("leader") }.count == 2)
    let mixed = LineChart(
      title: "t", summary: "s", x: .init(text: "x", scale: .linear), y: .init(text: "y", scale: .linear),
      series: [
        .init(name: "VAE", style: Self.style, lines: Self.long),
        .init(name: "dpVAE", style: Self.style, lines: apart),
      ])
    #expect(try !Self.classes(mixed).contains { $0.hasPrefix("leader") })
    for chart in [together, mixed] {
      let texts = try ParsedMarkup(chart.drawing.file(name: "f")).all("text").map(\.text)
      #expect(texts.filter { ["VAE", "dpVAE"].contains($0) }.count == 2)
    }
  }

  @Test func `twelve methods in pairs have twelve styles, each pair a colour, the twins dashed`() throws {
    let experiments = try Self.pairs(6)
    let styles = LineStyle.styles(of: experiments)
    #expect(Set(styles).count == 12)
    for pair in 0..<6 {
      #expect(styles[2 * pair].colour == styles[2 * pair + 1].colour)
      #expect(styles[2 * pair].dash == 1 && styles[2 * pair + 1].dash == 2)
    }
    // With colours to spare each line has its own.
    #expect(Set(LineStyle.styles(of: Array(experiments.prefix(4))).map(\.colour)).count == 4)
  }

  /// Methods with their decoupled twins.
  private static func pairs(_ count: Int) throws -> [Experiment] {
    try (0..<(2 * count)).map { index in
      var settings = try JSONDecoder().decode(Configuration.self, from: Data(SampleFindings.configuration.utf8))
      settings.method.name = "method-\(index / 2)"
      settings.method.prior = index % 2 == 0 ? .standard : .decoupled
      return Experiment(
        id: ExperimentID(paper: "p", dataset: "d", method: "m\(index)"), title: "\(index)", metrics: [],
        configurations: [.smoke: settings], departures: [])
    }
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
    let file = try ParsedMarkup(drawing.file(name: "f"))
    let paths = file.all("path").compactMap { $0.attributes["d"] }
    #expect(paths.allSatisfy { !$0.contains("nan") && !$0.contains("inf") })
    // Places 1, 3 and 4 have a mean that the axis has a place for; 2 and 6 have none, and 0 is on no logarithmic axis.
    let mean = file.all("path").first { $0.attributes["class"]?.hasPrefix("mean") == true }
    let line = try #require(mean?.attributes["d"])
    #expect(line.filter { $0 == "M" }.count == 1 && line.filter { $0 == "L" }.count == 2)
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

  @Test func `a path of a scatter is a line with a ring at either end, and paths share an entry of the legend`() throws
  {
    let points = [PointCloud.Point(x: 0, y: 0), .init(x: 4, y: 1), .init(x: 2, y: 0.5)]
    let cloud = PointCloud(groups: ["path 1", "path 2"].map { .init(name: $0, points: points) })
    let drawing = ScatterChart(title: "t", summary: "s", x: "z₁", y: "z₂", cloud: cloud, companions: []).drawing
    let file = try ParsedMarkup(drawing.file(name: "f"))
    let paths = file.all("path").filter { $0.attributes["class"]?.hasPrefix("path") == true }
    #expect(paths.count == 2)
    #expect(paths.allSatisfy { $0.attributes["d"]?.filter { $0 == "M" }.count == 3 })
    #expect(file.all("text").map(\.text).contains("paths (2)"))
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
