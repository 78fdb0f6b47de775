import Tensors

extension OperationCatalog {
  static let pools: [CatalogCase] = [
    average([2, 3, 7, 8], 3, ConvolutionGeometry(stride: 1, padding: 0)),
    average([2, 3, 7, 7], 3, .same(size: 7, kernel: 3, stride: 1)),
    average([1, 2, 8, 8], 3, .same(size: 8, kernel: 3, stride: 2)),
    average([2, 3, 8, 8], 8, ConvolutionGeometry(stride: 1, padding: 0)),
    average([2, 2, 6, 7], 2, ConvolutionGeometry(stride: 2, padding: 0)),
    maximum([2, 3, 7, 8], 3, ConvolutionGeometry(stride: 1, padding: 0)),
    maximum([2, 2, 7, 8], 3, ConvolutionGeometry(stride: 2, padding: 0)),
    maximum([2, 3, 7, 7], 3, .same(size: 7, kernel: 3, stride: 1)),
    maximum([1, 2, 8, 8], 3, .same(size: 8, kernel: 3, stride: 2)),
    CatalogCase("average pool between convolutions", .real([2, 16, 5, 4]), .real([16, 16, 1, 1])) {
      $0[0].convolved(with: $0[1], pointwise).averagePooled(3, twoByTwo).convolved(with: $0[1], pointwise)
    },
    CatalogCase("maximum pool between convolutions", .real([2, 16, 5, 4]), .real([16, 16, 1, 1])) {
      $0[0].convolved(with: $0[1], pointwise).maximumPooled(3, twoByTwo).convolved(with: $0[1], pointwise)
    },
  ]

  private static let pointwise = ConvolutionGeometry(stride: 1, padding: 0)
  private static let twoByTwo = ConvolutionGeometry(stride: 2, before: 0, after: 1)

  private static func average(_ images: Shape, _ size: Int, _ geometry: ConvolutionGeometry) -> CatalogCase {
    CatalogCase("average pool of \(images) by \(size), \(geometry)", .real(images)) {
      $0[0].averagePooled(size, geometry)
    }
  }

  private static func maximum(_ images: Shape, _ size: Int, _ geometry: ConvolutionGeometry) -> CatalogCase {
    CatalogCase("maximum pool of \(images) by \(size), \(geometry)", .apart(images)) {
      $0[0].maximumPooled(size, geometry)
    }
  }

  static let likelihoods: [CatalogCase] = [
    crossEntropy([3, 5, 7], "of a few classes"),
    crossEntropy([2, 256, 70], "of two hundred and fifty-six classes"),
    crossEntropy([4, 3, 1], "of a column"),
    CatalogCase("squared distances", .real([4, 3]), .real([5, 3])) { $0[0].squaredDistances(to: $0[1]) },
  ]

  private static func crossEntropy(_ logits: Shape, _ kind: String) -> CatalogCase {
    let count = logits[0] * logits[2]
    return CatalogCase("cross-entropy \(kind)", .real(logits), .index(count, below: logits[1])) {
      $0[0].crossEntropy(with: $0[1].reshaped([logits[0], logits[2]]))
    }.differentiatedOnce
  }
}
