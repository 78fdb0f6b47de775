import Tensors

extension OperationCatalog {
  static let reductions: [CatalogCase] = [
    CatalogCase("log-sum-exp along the first axis", .apart([5, 3])) { $0[0].logSumExp(along: [0]) },
    CatalogCase("log-sum-exp along the last axis", .apart([3, 5])) { $0[0].logSumExp(along: [1]) },
    CatalogCase("log-sum-exp of everything", .apart([3, 5])) { $0[0].logSumExp(along: [0, 1]) },
    CatalogCase("mean", .real([3, 5])) { $0[0].mean() },
    CatalogCase("shift by the maximum along the first axis", .apart([5, 3])) { shifted($0[0], along: [0]) },
    CatalogCase("shift by the maximum along the last axis", .apart([3, 37])) { shifted($0[0], along: [1]) },
    CatalogCase("shift by the maximum along two axes", .apart([2, 3, 4])) { shifted($0[0], along: [0, 2]) },
    CatalogCase("sum along the first axis", .real([3, 37])) { $0[0].sum(along: [0]) },
    CatalogCase("sum along the last axis", .real([3, 37])) { $0[0].sum(along: [1]) },
    CatalogCase("sum along the middle axis", .real([2, 3, 4])) { $0[0].sum(along: [1]) },
    CatalogCase("sum along the outer axes", .real([2, 3, 4])) { $0[0].sum(along: [0, 2]) },
    CatalogCase("sum along all but the channels", .real([2, 3, 4, 5])) { $0[0].sum(along: [0, 2, 3]) },
    CatalogCase("sum along no axis", .real([2, 3])) { $0[0].sum(along: []) },
    CatalogCase("sum of everything", .real([2, 3, 4])) { $0[0].sum() },
    CatalogCase("sum of many", .real([4, 1000])) { $0[0].sum() },
    CatalogCase("sum per item", .real([3, 2, 2, 2])) { $0[0].sumPerItem() },
  ]

  /// A function of `x` that reads its maximum but, as in a log-sum-exp, does not depend on it.
  private static func shifted(_ x: Tensor, along axes: [Int]) -> Tensor {
    let weights = (x - x.maximum(along: axes)).exp
    return weights / weights.sum(along: axes)
  }

  static let shapes: [CatalogCase] = [
    CatalogCase("concatenate along the first axis", .real([2, 3]), .real([4, 3])) {
      Tensor.concatenate([$0[0], $0[1]], axis: 0)
    },
    CatalogCase("concatenate along the last axis", .real([2, 3]), .real([2, 1]), .real([2, 4])) {
      Tensor.concatenate($0, axis: 1)
    },
    CatalogCase("concatenate channels", .real([2, 3, 2, 2]), .real([2, 1, 2, 2])) { Tensor.concatenate($0, axis: 1) },
    CatalogCase("concatenate with itself", .real([2, 3])) { Tensor.concatenate([$0[0], $0[0]], axis: 1) },
    CatalogCase("embed along the first axis", .real([2, 3])) { $0[0].embedded(axis: 0, before: 1, after: 2) },
    CatalogCase("embed along the last axis", .real([2, 3])) { $0[0].embedded(axis: 1, before: 2, after: 0) },
    CatalogCase("embed along the middle axis", .real([2, 3, 4])) { $0[0].embedded(axis: 1, before: 0, after: 1) },
    CatalogCase("flatten", .real([2, 3, 4])) { $0[0].flattened },
    CatalogCase("gather", .real([5, 3]), .index(7, below: 5)) { $0[0].gather($0[1]) },
    CatalogCase("gather one", .real([5, 17]), .index(1, below: 5)) { $0[0].gather($0[1]) },
    CatalogCase("reshape", .real([2, 6])) { $0[0].reshaped([3, 4]).square },
    CatalogCase("reshape to a scalar", .real([1, 1])) { $0[0].reshaped(.scalar).square },
    CatalogCase("scatter", .real([7, 3]), .index(7, below: 5)) { $0[0].scattered(into: 5, at: $0[1]) },
    CatalogCase("scatter one", .real([1, 17]), .index(1, below: 5)) { $0[0].scattered(into: 5, at: $0[1]) },
    CatalogCase("slice along the first axis", .real([5, 3])) { $0[0].slice(axis: 0, 1..<3) },
    CatalogCase("slice along the last axis", .real([3, 37])) { $0[0].slice(axis: 1, 20..<37) },
    CatalogCase("slice along the middle axis", .real([2, 5, 3])) { $0[0].slice(axis: 1, 0..<2) },
    CatalogCase("slice, overlapping twice", .real([2, 5])) {
      $0[0].slice(axis: 1, 0..<3) * $0[0].slice(axis: 1, 2..<5)
    },
    CatalogCase("stretch a column", .real([3, 1])) { $0[0].stretched(to: [3, 5]).square },
    CatalogCase("stretch a row", .real([5])) { $0[0].stretched(to: [3, 5]).square },
    CatalogCase("stretch a scalar", .real([])) { $0[0].stretched(to: [2, 3]).square },
    CatalogCase("stretch every other axis", .real([2, 1, 3, 1])) { $0[0].stretched(to: [2, 4, 3, 5]) },
  ]
}
