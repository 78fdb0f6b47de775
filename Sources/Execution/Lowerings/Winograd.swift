internal import COneDNN
import Tensors

/// Winograd's algorithm for convolutions by 3×3 kernels, F(4×4, 3×3): 36 multiplications for every 4×4 results in place
/// of 144, after transformations that are sums alone (Lavin and Gray 2016, arXiv 1509.09308).
///
/// It rounds otherwise than the direct sum: against exact arithmetic the error of a result is some 7e-7 of the results'
/// root mean square where the direct sum's is 2e-7; of weights' gradients it is the smaller one of the two.
extension ConvolutionShape {
  /// Which of a convolution's three passes is made.
  enum Pass {
    case results, imageGradient, weightGradient
  }

  /// Whether so little of the tiles of 4×4 hangs over the edge that the transformations pay: measured on an AVX-512
  /// core, where blocks of sixteen channels are at hand at all. Shapes alone decide, so that a program's bits do not
  /// depend on timings.
  func isWinograd(_ pass: Pass) -> Bool {
    let isTiled = kernel == 3 && geometry.vertical.stride == 1 && geometry.horizontal.stride == 1
    guard isTiled, layouts.images == .blocked, layouts.outputs == .blocked else { return false }
    switch pass {
    case .results: return share(ofTiles: reducedHeight, reducedWidth) <= 0.6
    case .imageGradient: return share(ofTiles: height, width) <= 0.6
    case .weightGradient:
      let areTransformationsFew = min(inputs, outputs) >= (reducedHeight * reducedWidth > 256 ? 64 : 32)
      return areTransformationsFew && share(ofTiles: reducedHeight, reducedWidth) <= 0.45
    }
  }

  /// The multiplications over tiles of 4×4 that cover an image, as a share of the direct sum's; at best a quarter.
  private func share(ofTiles height: Int, _ width: Int) -> Double {
    let tiles = ((height + 3) / 4) * ((width + 3) / 4)
    return 36 * Double(tiles) / Double(9 * reducedHeight * reducedWidth)
  }

  /// The primitive of a pass by Winograd's algorithm where that is faster and oneDNN has it, else `nil`.
  func winograd(
    _ pass: Pass, _ label: String, make: @escaping (UnsafePointer<onednn_convolution>) -> OpaquePointer?
  ) -> Primitive? {
    guard isWinograd(pass) else { return nil }
    var description = description
    description.winograd = 1
    return try? Primitive(label) { make(&description) }
  }
}
