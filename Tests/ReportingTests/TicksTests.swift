import Testing

@testable import Reporting

@Suite struct TicksTests {
  @Test(
    arguments: [0...1, -3.7...12.9, 0.00012...0.00034, 1e5...9e5, -5 ... -4.99, 32...93.5, 0...5000]
      as [ClosedRange<Double>])
  func `ticks lie in the domain, rise by one step and are a handful`(domain: ClosedRange<Double>) throws {
    let ticks = Ticks.linear(domain, wished: 5)
    let width = domain.upperBound - domain.lowerBound
    #expect((2...11).contains(ticks.values.count))
    #expect(ticks.labels.count == ticks.values.count)
    #expect(Set(ticks.labels).count == ticks.labels.count)
    for value in ticks.values {
      #expect(value >= domain.lowerBound - 1e-6 * width && value <= domain.upperBound + 1e-6 * width)
    }
    let steps = zip(ticks.values.dropFirst(), ticks.values).map { $0 - $1 }
    let first = try #require(steps.first)
    // Multiples of a step differ by it up to the rounding of the multiples.
    #expect(steps.allSatisfy { abs($0 - first) < 1e-9 * first + 1e-12 })
  }

  @Test func `these domains have these ticks`() {
    #expect(Ticks.linear(0...1, wished: 5).labels == ["0", "0.2", "0.4", "0.6", "0.8", "1.0"])
    #expect(Ticks.linear(-90 ... -1, wished: 4).labels == ["−80", "−60", "−40", "−20"])
    #expect(Ticks.linear(0...100_000, wished: 5).labels == ["0", "20k", "40k", "60k", "80k", "100k"])
    #expect(Ticks.linear(0...2_000_000, wished: 4).labels == ["0", "500k", "1M", "1.5M", "2M"])
    #expect(Ticks.logarithmic(0.5...2000).labels == ["1", "10", "100", "1000"])
    #expect(Ticks.logarithmic(30...100).labels == ["50", "100"])
    #expect(Ticks.logarithmic(0.02...0.3).labels == ["0.02", "0.05", "0.1", "0.2"])
  }

  @Test(arguments: [(1.0, 1.0), (1.1, 2), (2.0, 2), (2.1, 5), (5.01, 10), (0.3, 0.5), (70, 100)])
  func `a nice step is the least one that is no smaller`(width: Double, step: Double) {
    #expect(abs(Ticks.niceStep(width) - step) < 1e-12 * step)
  }

  @Test func `a domain without width has one tick`() {
    #expect(Ticks.linear(3...3).values == [3])
  }

  @Test func `an axis maps its ends to its pixels and what has no place to nothing`() throws {
    let axis = Axis(title: "x", domain: 0...10, from: 100, to: 300)
    #expect(axis.position(0) == 100 && axis.position(10) == 300 && axis.position(5) == 200)
    #expect(axis.position(.nan) == nil && axis.position(.infinity) == nil)
    let decades = Axis(title: "y", scale: .logarithmic, values: [1, 100, 0, -3, .nan], from: 300, to: 100)
    #expect(decades.position(0) == nil && decades.position(-1) == nil)
    let middle = try #require(decades.position(10))
    #expect(abs(middle - 200) < 1e-9)  // Logarithms in Double, over 200 pixels.
  }

  @Test(arguments: [[], [Double.nan], [4], [4, 4], [0], [-2, 7]] as [[Double]])
  func `an axis has a width whatever the values`(values: [Double]) {
    for scale in [Axis.Scale.linear, .logarithmic] {
      let axis = Axis(title: "x", scale: scale, values: values, from: 0, to: 100)
      #expect(axis.domain.upperBound > axis.domain.lowerBound)
      let shown = values.filter { $0.isFinite && (scale == .linear || $0 > 0) }
      #expect(shown.compactMap(axis.position).allSatisfy { (0...100).contains($0) })
    }
  }
}
