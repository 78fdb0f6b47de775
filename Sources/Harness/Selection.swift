package import Experiments
import Glibc

extension PaperCatalog {
  /// The experiments that any of the selectors matches, in the catalog's order; all without selectors.
  ///
  /// A selector is an experiment id with shell wildcards; `*` also crosses slashes.
  /// - Throws: `HarnessError.unknownExperiment` for a selector that matches none.
  package func experiments(matching selectors: [String]) throws -> [Experiment] {
    guard !selectors.isEmpty else { return experiments }
    let ids = experiments.map { $0.id.description }
    for selector in selectors where !ids.contains(where: { matches(selector, $0) }) {
      throw HarnessError.unknownExperiment(selector, nearest: nearestExperiments(to: selector))
    }
    return experiments.filter { experiment in selectors.contains { matches($0, experiment.id.description) } }
  }

  /// The three experiments whose ids have the least edit distance, nearest first.
  func nearestExperiments(to text: String) -> [String] {
    let ranked = experiments.map(\.id.description).map { (id: $0, distance: editDistance(text, $0)) }
    return ranked.sorted { ($0.distance, $0.id) < ($1.distance, $1.id) }.prefix(3).map(\.id)
  }
}

/// Whether a text is what a pattern with shell wildcards stands for; `*` also crosses slashes.
func matches(_ pattern: String, _ text: String) -> Bool { fnmatch(pattern, text, 0) == 0 }

/// The least number of letters inserted, deleted or replaced that makes one text of the other (Levenshtein).
func editDistance(_ a: String, _ b: String) -> Int {
  let (a, b) = (Array(a.utf8), Array(b.utf8))
  var row = Array(0...b.count)
  for (i, letter) in a.enumerated() {
    var diagonal = row[0]
    row[0] = i + 1
    for (j, other) in b.enumerated() {
      let replaced = diagonal + (letter == other ? 0 : 1)
      diagonal = row[j + 1]
      row[j + 1] = min(replaced, row[j] + 1, row[j + 1] + 1)
    }
  }
  return row[b.count]
}
