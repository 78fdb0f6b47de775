/// Places for words at the ends of lines, moved apart until none lies on another.
enum EndLabels {
  /// Pixels from one line of words to the next.
  static let gap = 14.0

  /// The places, in the order of those wished for; `nil` where there is no room for all.
  static func places(wished: [Double], within range: ClosedRange<Double>) -> [Double]? {
    guard Double(wished.count - 1) * gap <= range.upperBound - range.lowerBound else { return nil }
    let order = wished.indices.sorted { (wished[$0], $0) < (wished[$1], $1) }
    var places = order.map { min(max(wished[$0], range.lowerBound), range.upperBound) }
    for index in places.indices.dropFirst() { places[index] = max(places[index], places[index - 1] + gap) }
    for index in places.indices.reversed() {
      let ceiling = index + 1 < places.count ? places[index + 1] - gap : range.upperBound
      places[index] = min(places[index], ceiling)
    }
    return wished.indices.map { wish in places[order.firstIndex(of: wish) ?? 0] }
  }
}

/// How wide words come out, near enough to leave room for them: fonts differ by machine.
enum WordWidth {
  static func pixels(_ words: String) -> Double { 6.6 * Double(words.count) }
}
