import Testing

@testable import Reporting

@Suite struct EndLabelTests {
  @Test func `labels with room stay where they are wished`() {
    #expect(EndLabels.places(wished: [80, 20, 50], within: 0...100) == [80, 20, 50])
  }

  @Test(arguments: [
    [50.0, 50, 50], [0, 1, 2, 3, 4, 5, 6, 7], [99, 98, 97], [100, 0, 100, 0], [7, 7, 60, 61, 62, 90],
  ]) func `labels never overlap, keep their order and stay within`(wished: [Double]) throws {
    let places = try #require(EndLabels.places(wished: wished, within: 0...100))
    let order = wished.indices.sorted { (wished[$0], $0) < (wished[$1], $1) }
    for (one, next) in zip(order, order.dropFirst()) { #expect(places[next] - places[one] >= EndLabels.gap - 1e-9) }
    #expect(places.allSatisfy { (-1e-9...100 + 1e-9).contains($0) })
  }

  @Test func `without room there are no places`() {
    #expect(EndLabels.places(wished: Array(repeating: 5, count: 9), within: 0...100) == nil)
  }
}
