import Tensors

/// Small images whose channels lie innermost: so convolutions run best that look along one axis alone, whose kernels have
/// one row, one column or one pixel.
///
/// On images of 17 × 17 and 8 × 8 oneDNN's code for these is 7 % faster so than on blocked ones. On larger images it is
/// not; it is slower for the first layer of a network and for weights' gradients, and has no Winograd's algorithm.
extension Survey {
  /// Whether the program is the forward pass of a network to which that applies; shapes alone decide.
  var isFasterChannelsLast: Bool {
    let family = graph.nodes.indices.filter { isNeeded[$0] && operation($0) is any ConvolutionFamily }
    guard ConvolutionLayouts.hasBlocks, family.allSatisfy(isForwardInWholeBlocks) else { return false }
    let narrow = family.filter { node in
      let kernel = KernelSize(of: shape(inputs(node)[1]))
      return kernel.height == 1 || kernel.width == 1
    }
    let total = family.map(operations(of:)).reduce(0, +)
    return total > 0 && narrow.map(operations(of:)).reduce(0, +) >= Self.narrowShare * total
  }

  /// The share of the arithmetic from which on the narrow kernels outweigh the others.
  private static let narrowShare = 1.0 / 3

  /// Whether a node is a convolution, no gradient of one, from whole blocks of channels or a few to whole blocks.
  private func isForwardInWholeBlocks(_ node: Int) -> Bool {
    guard operation(node) is Convolution else { return false }
    let (images, outputs) = (shape(inputs(node)[0])[1], shape(node)[1])
    return (images.isMultiple(of: 16) || images <= ConvolutionLayouts.thinChannels) && outputs.isMultiple(of: 16)
  }
}

extension Layouts {
  /// The pixels from which on images lie blocked all the same.
  private static let largeArea = 32 * 32

  /// The layout of a node in a program that keeps the channels of small images innermost; `nil` where it lies as in any
  /// other program. Whatever can leave the channels innermost does, and all else reads plain images.
  static func channelsLastLayout(of node: Node, operands: [(shape: Shape, layout: Layout)]) -> Layout? {
    if node.operation is Convolution { return node.shape[2] * node.shape[3] < largeArea ? .channelsLast : nil }
    guard operands.contains(where: { $0.layout == .channelsLast }) else { return nil }
    switch node.operation {
    case is ChannelBias, is Normalize, is AveragePool, is Slice, is Embed: return operands[0].layout
    case is PickMaximum: return operands[1].layout
    case is Concatenate: return .channelsLast
    case is any Elementwise:
      return operands.contains { $0.shape == node.shape && $0.layout == .channelsLast } ? .channelsLast : .plain
    default: return .plain
    }
  }
}
