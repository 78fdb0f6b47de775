import Tensors

extension OperationCatalog {
  static let normalizations: [CatalogCase] = [
    // Counts that are powers of two: float32 holds their reciprocals, which are constants of the gradients, exactly.
    CatalogCase("channel moments of features", .real([4, 3])) { $0[0].channelMoments },
    CatalogCase("channel moments of images", .real([2, 3, 4, 4])) { $0[0].channelMoments },
    CatalogCase("channel moments of sixteen features", .real([8, 16])) { $0[0].channelMoments },
    CatalogCase("channel moments after a convolution", .real([2, 16, 4, 2]), .real([32, 16, 1, 1])) {
      $0[0].convolved(with: $0[1], ConvolutionGeometry(stride: 1, padding: 0)).channelMoments
    },
    normalized("features", [9, 3], slope: 1),
    normalized("features, leaky", [9, 3], slope: 0.2),
    normalized("images", [2, 3, 4, 5], slope: 1),
    normalized("images, leaky", [2, 3, 5, 7], slope: 0.2),
    normalized("images, rectified", [2, 3, 4, 4], slope: 0),
    normalized("images of one pixel", [6, 3, 1, 1], slope: 0.2),
    normalized("sixteen features, leaky", [7, 32], slope: 0.2),
    afterConvolution("normalised after a convolution", slope: 1),
    afterConvolution("normalised after a convolution, leaky", slope: 0.01),
    given("features", [4, 3], slope: 0.2),
    given("images", [2, 3, 3, 3], slope: 1),
    given("sixteen features", [4, 16], slope: 0.2),
  ]

  private static func normalized(_ kind: String, _ shape: Shape, slope: Float) -> CatalogCase {
    CatalogCase("normalised \(kind)", .real(shape), .real([shape[1]]), .real([shape[1]])) {
      $0[0].normalized(
        byItsOwn: $0[0].channelMoments, weight: $0[1], bias: $0[2], epsilon: 1e-3, leakySlope: slope)
    }.differentiatedOnce
  }

  private static func afterConvolution(_ name: String, slope: Float) -> CatalogCase {
    CatalogCase(name, .real([2, 16, 4, 3]), .real([32, 16, 1, 1]), .real([32]), .real([32])) {
      let y = $0[0].convolved(with: $0[1], ConvolutionGeometry(stride: 1, padding: 0))
      return y.normalized(byItsOwn: y.channelMoments, weight: $0[2], bias: $0[3], epsilon: 1e-5, leakySlope: slope)
    }.differentiatedOnce
  }

  /// Statistics that do not depend on what they normalise, and do not move.
  private static func given(_ kind: String, _ shape: Shape, slope: Float) -> CatalogCase {
    CatalogCase("\(kind) normalised by given statistics", .real(shape), .real([shape[1]]), .real([shape[1]])) { x in
      let statistics = x[0].graph.constant(0.75, [2, shape[1]])
      return x[0].normalized(by: statistics, weight: x[1], bias: x[2], epsilon: 1e-5, leakySlope: slope)
    }.differentiatedOnce
  }

  static let enlargements: [CatalogCase] = [
    CatalogCase("replication padding", .real([2, 3, 3, 4])) { $0[0].upsampled(by: 1, padding: 2) },
    CatalogCase("up-sampling", .real([2, 3, 3, 4])) { $0[0].upsampled(by: 2) },
    CatalogCase("up-sampling by three", .real([1, 2, 2, 3])) { $0[0].upsampled(by: 3, padding: 1) },
    CatalogCase("up-sampling of one pixel", .real([2, 3, 1, 1])) { $0[0].upsampled(by: 2, padding: 1) },
    CatalogCase("up-sampling with padding", .real([2, 3, 3, 4])) { $0[0].upsampled(by: 2, padding: 1) },
    CatalogCase("up-sampling between convolutions", .real([2, 16, 3, 2]), .real([16, 16, 1, 1])) {
      let geometry = ConvolutionGeometry(stride: 1, padding: 0)
      return $0[0].convolved(with: $0[1], geometry).upsampled(by: 2, padding: 1).convolved(with: $0[1], geometry)
    },
  ]
}
