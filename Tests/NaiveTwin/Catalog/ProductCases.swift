import Tensors

extension OperationCatalog {
  static let matrices: [CatalogCase] = [
    CatalogCase("matmul", .real([3, 5]), .real([5, 4])) { $0[0].matmul($0[1]) },
    CatalogCase("matmul, larger than a tile", .real([33, 17]), .real([17, 19])) { $0[0].matmul($0[1]) },
    CatalogCase("matmul, left transposed", .real([5, 3]), .real([5, 4])) {
      $0[0].matmul($0[1], transposed: (true, false))
    },
    CatalogCase("matmul, right transposed", .real([3, 5]), .real([4, 5])) {
      $0[0].matmul($0[1], transposed: (false, true))
    },
    CatalogCase("matmul, both transposed", .real([5, 3]), .real([4, 5])) {
      $0[0].matmul($0[1], transposed: (true, true))
    },
    CatalogCase("matmul, a column by a row", .real([3, 1]), .real([1, 4])) { $0[0].matmul($0[1]) },
    CatalogCase("matmul, a row by a column", .real([1, 5]), .real([5, 1])) { $0[0].matmul($0[1]) },
    CatalogCase("matmul, with its own transpose", .real([3, 5])) {
      $0[0].matmul($0[0], transposed: (false, true))
    },
  ]

  static let images: [CatalogCase] = [
    CatalogCase("channel bias", .real([2, 3, 4, 5]), .real([3])) { $0[0].addingChannelBias($0[1]) },
    CatalogCase("channel bias, sixteen channels", .real([2, 16, 3, 3]), .real([16])) {
      $0[0].addingChannelBias($0[1]).tanh
    },
    CatalogCase("channel sum", .real([2, 3, 4, 5])) { $0[0].channelSums },
    CatalogCase("channel sum, sixteen channels", .real([2, 16, 3, 3])) { $0[0].channelSums.square },
  ]

  static let convolutions: [CatalogCase] = [
    convolution([2, 3, 5, 7], [4, 3, 1, 1], stride: 1, padding: 0),
    convolution([2, 3, 5, 7], [4, 3, 3, 3], stride: 1, padding: 1),
    convolution([2, 2, 6, 7], [3, 2, 3, 3], stride: 2, padding: 0),
    convolution([2, 2, 6, 7], [3, 2, 3, 3], stride: 2, padding: 1),
    convolution([2, 3, 4, 4], [5, 3, 4, 4], stride: 1, padding: 0),
    convolution([2, 1, 8, 8], [16, 1, 4, 4], stride: 2, padding: 1),
    convolution([2, 2, 7, 9], [3, 2, 4, 4], stride: 2, padding: 1),
    convolution([1, 2, 11, 8], [3, 2, 4, 4], stride: 3, padding: 2),
    convolution([2, 2, 5, 6], [3, 2, 5, 5], stride: 1, padding: 2),
    convolution([2, 2, 7, 9], [3, 2, 5, 5], stride: 2, padding: 2),
    convolution([1, 2, 8, 9], [2, 2, 6, 6], stride: 2, padding: 2),
    convolution([2, 16, 3, 3], [16, 16, 3, 3], stride: 1, padding: 1),
    transposed([2, 4, 5, 3], [4, 3, 1, 1], stride: 1, padding: 0),
    transposed([2, 4, 3, 5], [4, 3, 3, 3], stride: 1, padding: 1),
    transposed([2, 3, 3, 4], [3, 2, 3, 3], stride: 2, padding: 0),
    transposed([2, 5, 1, 1], [5, 3, 4, 4], stride: 1, padding: 0),
    transposed([2, 16, 4, 4], [16, 1, 4, 4], stride: 2, padding: 1),
    transposed([2, 3, 3, 4], [3, 2, 4, 4], stride: 2, padding: 1, rest: 1),
    transposed([1, 3, 4, 3], [3, 2, 4, 4], stride: 3, padding: 2, rest: 2),
    transposed([2, 3, 4, 5], [3, 2, 5, 5], stride: 2, padding: 2),
    transposed([2, 3, 4, 5], [3, 2, 5, 5], stride: 2, padding: 2, rest: 1),
    transposed([1, 3, 4, 4], [3, 2, 6, 6], stride: 2, padding: 2),
    transposed([2, 16, 3, 3], [16, 16, 3, 3], stride: 1, padding: 1),
    weightGradient([2, 3, 5, 7], [2, 4, 5, 7], kernel: 3, stride: 1, padding: 1),
    weightGradient([2, 2, 7, 9], [2, 3, 3, 4], kernel: 4, stride: 2, padding: 1),
    weightGradient([2, 2, 7, 9], [2, 3, 4, 5], kernel: 5, stride: 2, padding: 2),
    weightGradient([2, 16, 4, 4], [2, 16, 2, 2], kernel: 4, stride: 2, padding: 1),
  ]

  /// TensorFlow's padding "SAME" for every kernel and stride of the papers, on images of even and odd size.
  static let same: [CatalogCase] = [3, 4, 5, 6].flatMap { kernel in
    [1, 2].flatMap { stride in
      [6, 7].flatMap { size in [same(size, kernel: kernel, stride: stride), expanding(size, kernel, stride)] }
    }
  }

  private static func same(_ size: Int, kernel: Int, stride: Int) -> CatalogCase {
    let geometry = ConvolutionGeometry.same(size: size, kernel: kernel, stride: stride)
    return CatalogCase(
      "same convolution of \(size) by \(kernel), stride \(stride)", .real([1, 2, size, size]),
      .real([3, 2, kernel, kernel])
    ) { $0[0].convolved(with: $0[1], geometry) }
  }

  /// The adjoint, whose result is larger than its operand by the stride.
  private static func expanding(_ size: Int, _ kernel: Int, _ stride: Int) -> CatalogCase {
    let whole = size * stride
    let geometry = ConvolutionGeometry.same(size: whole, kernel: kernel, stride: stride)
    return CatalogCase(
      "same transposed convolution of \(size) by \(kernel), stride \(stride)", .real([1, 2, size, size]),
      .real([2, 3, kernel, kernel])
    ) { $0[0].transposedConvolved(with: $0[1], geometry, height: whole, width: whole) }
  }

  private static func convolution(_ images: Shape, _ weights: Shape, stride: Int, padding: Int) -> CatalogCase {
    let geometry = ConvolutionGeometry(stride: stride, padding: padding)
    return CatalogCase(
      "convolution \(images) by \(weights), stride \(stride), padding \(padding)", .real(images), .real(weights)
    ) { $0[0].convolved(with: $0[1], geometry) }
  }

  /// `rest` is the number of rows and columns at the end that the convolution of the result would leave out.
  private static func transposed(
    _ images: Shape, _ weights: Shape, stride: Int, padding: Int, rest: Int = 0
  ) -> CatalogCase {
    let geometry = ConvolutionGeometry(stride: stride, padding: padding)
    let height = geometry.enlarged(images[2], kernel: weights[2]) + rest
    let width = geometry.enlarged(images[3], kernel: weights[3]) + rest
    return CatalogCase(
      "transposed convolution \(images) by \(weights), stride \(stride), padding \(padding), rest \(rest)",
      .real(images), .real(weights)
    ) { $0[0].transposedConvolved(with: $0[1], geometry, height: height, width: width) }
  }

  private static func weightGradient(
    _ images: Shape, _ gradient: Shape, kernel: Int, stride: Int, padding: Int
  ) -> CatalogCase {
    let geometry = ConvolutionGeometry(stride: stride, padding: padding)
    return CatalogCase(
      "weight gradient of \(images) against \(gradient), kernel \(kernel), stride \(stride), padding \(padding)",
      .real(images), .real(gradient)
    ) { $0[0].weightGradient(against: $0[1], geometry, kernel: kernel) }
  }
}
