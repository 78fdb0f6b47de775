import Tensors

/// Where generated and real items lie among each other: who lies within the balls that reach from each item to its
/// neighbours of the same side.
///
/// Distances are exact, between all pairs, in float64.
final class SupportOverlap {
  /// The neighbours that radii can be asked for.
  static let neighbours = [3, 5]

  private let generated: CentredRows
  private let real: CentredRows
  /// By neighbours: the squared distance from each item to that neighbour among its own.
  private let generatedRadii: [Int: [Double]]
  private let realRadii: [Int: [Double]]
  private var known: [Int: Balls] = [:]

  init(of generated: Matrix, with real: Matrix) {
    let centre = CentredRows.centre(of: real)
    self.generated = CentredRows(generated, about: centre)
    self.real = CentredRows(real, about: centre)
    generatedRadii = radii(among: self.generated)
    realRadii = radii(among: self.real)
  }

  /// What lies in whose balls, for balls that reach to the kth neighbour.
  func balls(_ k: Int) -> Balls {
    if let balls = known[k] { return balls }
    let balls = Balls(
      of: generated, generatedRadii[k] ?? [], with: real, realRadii[k] ?? [])
    known[k] = balls
    return balls
  }

  /// Counts over all pairs.
  struct Balls: Equatable {
    /// Whether each generated item lies in some real item's ball, its edge included (Kynkäänniemi et al. 2019, eq. 1).
    let generatedIsCovered: [Bool]
    /// Whether each real item lies in some generated item's ball, its edge included.
    let realIsCovered: [Bool]
    /// In how many real items' balls each generated item lies, edges left out (Naeem et al. 2020, eq. 4).
    let crowding: [Int]
    /// Whether some generated item lies in each real item's ball, its edge left out (Naeem et al. 2020, eq. 6).
    let realIsMet: [Bool]

    fileprivate init(of generated: CentredRows, _ own: [Double], with real: CentredRows, _ others: [Double]) {
      var covered = [Bool](repeating: false, count: generated.count)
      var (crowding, reached) = (
        [Int](repeating: 0, count: generated.count), [Bool](repeating: false, count: real.count)
      )
      var met = reached
      real.forEachRow(distancesTo: generated) { row, distances in
        let radius = others[row]
        for (column, distance) in distances.enumerated() {
          if distance <= radius { covered[column] = true }
          if distance < radius {
            crowding[column] += 1
            met[row] = true
          }
          if distance <= own[column] { reached[row] = true }
        }
      }
      (generatedIsCovered, realIsCovered, self.crowding, realIsMet) = (covered, reached, crowding, met)
    }
  }
}

/// The squared distance of each row to its third and fifth nearest others, by their number.
private func radii(among rows: CentredRows) -> [Int: [Double]] {
  let most = SupportOverlap.neighbours.max() ?? 0
  var nearest = [Double](repeating: .infinity, count: rows.count * most)
  rows.forEachRow(distancesTo: rows) { row, distances in
    let place = row * most
    for (column, distance) in distances.enumerated() where column != row && distance < nearest[place + most - 1] {
      var slot = place + most - 1
      while slot > place, nearest[slot - 1] > distance {
        nearest[slot] = nearest[slot - 1]
        slot -= 1
      }
      nearest[slot] = distance
    }
  }
  return Dictionary(
    uniqueKeysWithValues: SupportOverlap.neighbours.map { k in
      (k, (0..<rows.count).map { nearest[$0 * most + k - 1] })
    })
}
