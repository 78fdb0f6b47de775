/// Seeds as the command line names them: `0..4`, `3` or `0,2,5`.
package struct SeedList: Sendable, Equatable {
  /// Ascending, each once.
  package let seeds: [Int]

  /// - Throws: `HarnessError.seeds`.
  package init(_ text: String) throws {
    var all: Set<Int> = []
    for part in text.split(separator: ",", omittingEmptySubsequences: false) {
      all.formUnion(try Self.range(String(part), of: text))
    }
    seeds = all.sorted()
  }

  private static func range(_ part: String, of text: String) throws -> ClosedRange<Int> {
    guard let dots = part.firstRange(of: "..") else {
      let seed = try number(part, of: text)
      return seed...seed
    }
    let (low, high) = (try number(part[..<dots.lowerBound], of: text), try number(part[dots.upperBound...], of: text))
    guard low <= high else { throw HarnessError.seeds(text, problem: "runs backwards") }
    guard high - low < 10_000 else { throw HarnessError.seeds(text, problem: "holds more than 10,000 seeds") }
    return low...high
  }

  private static func number(_ digits: some StringProtocol, of text: String) throws -> Int {
    guard let value = Int(digits), value >= 0, digits.allSatisfy(\.isNumber) else {
      throw HarnessError.seeds(text, problem: "holds '\(digits)', which is no whole number from 0 on")
    }
    return value
  }
}
