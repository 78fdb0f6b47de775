/// Holm's correction for several tests: adjusted p-values that keep the chance of any false rejection below the level.
///
/// Of m p-values, lowest first, the ith becomes the largest of (m − j + 1) · pⱼ for j ≤ i, and at most 1
/// (Holm 1979). The tests may depend on one another in any way.
/// - Returns: the adjusted p-values in the order given.
package func holmAdjusted(_ values: [Double]) -> [Double] {
  let order = values.indices.sorted { (values[$0], $0) < (values[$1], $1) }
  var (adjusted, floor) = (values, 0.0)
  for (rank, index) in order.enumerated() {
    floor = max(floor, min(1, Double(values.count - rank) * values[index]))
    adjusted[index] = floor
  }
  return adjusted
}
