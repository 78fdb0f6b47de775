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

  /// Kernels, strides and paddings that differ from axis to axis.
  static let perAxis: [CatalogCase] = [
    same([2, 3, 5, 9], [4, 3, 1, 7]),
    same([2, 3, 9, 5], [4, 3, 7, 1]),
    same([2, 16, 4, 8], [16, 16, 1, 7]),
    same([2, 16, 8, 4], [32, 16, 7, 1]),
    same([1, 16, 5, 6], [16, 16, 3, 1], stride: 2),
    same([2, 1, 8, 6], [16, 1, 1, 3]),
    same([2, 3, 6, 8], [32, 3, 5, 1], stride: 2),
    same([2, 16, 6, 5], [3, 16, 1, 3]),
    same([2, 32, 5, 6], [1, 32, 3, 1]),
    convolution([2, 3, 2, 4], [5, 3, 2, 4], stride: 1, padding: 0),
    convolution([2, 2, 7, 6], [3, 2, 3, 2], (2, 1, 0), (1, 0, 1)),
    convolution([2, 16, 7, 6], [16, 16, 2, 4], (1, 1, 0), (2, 2, 1)),
    convolution([2, 1, 8, 7], [16, 1, 2, 3], (2, 0, 1), (1, 1, 1)),
  ]

  private static func same(_ images: Shape, _ weights: Shape, stride: Int = 1) -> CatalogCase {
    CatalogCase("same convolution of \(images) by \(weights), stride \(stride)", .real(images), .real(weights)) {
      $0[0].convolved(with: $0[1], .same(images, kernel: KernelSize(of: weights), stride: stride))
    }
  }

  /// The stride and the padding before and after, of rows and of columns.
  private static func convolution(
    _ images: Shape, _ weights: Shape, _ rows: (Int, Int, Int), _ columns: (Int, Int, Int)
  ) -> CatalogCase {
    let geometry = ConvolutionGeometry(
      vertical: AxisGeometry(stride: rows.0, before: rows.1, after: rows.2),
      horizontal: AxisGeometry(stride: columns.0, before: columns.1, after: columns.2))
    return CatalogCase(
      "convolution \(images) by \(weights), rows \(rows), columns \(columns)", .real(images), .real(weights)
    ) { $0[0].convolved(with: $0[1], geometry) }
  }

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
    let enlarged = geometry.enlarged(images[2], images[3], kernel: KernelSize(of: weights))
    let (height, width) = (enlarged.height + rest, enlarged.width + rest)
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
    ) { $0[0].weightGradient(against: $0[1], geometry, kernel: KernelSize(kernel)) }
  }
}
