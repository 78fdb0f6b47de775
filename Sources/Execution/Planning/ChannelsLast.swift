import Tensors

/// Images whose channels lie innermost, which is how convolutions run best that look along one axis alone: their kernels
/// have one row, one column or one pixel. oneDNN's code for these is a tenth faster on them than on blocked images, where
/// it is slower for the first layer of a network and for weights' gradients, and has no Winograd's algorithm.
extension Survey {
  /// Whether the program is a network's forward pass to which that applies; shapes alone decide.
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
  /// Whatever can leave the channels innermost does; all else reads plain images.
  static func channelsLastLayout(of node: Node, operands: [(shape: Shape, layout: Layout)]) -> Layout {
    switch node.operation {
    case is Convolution: .channelsLast
    case is ChannelBias, is Normalize, is AveragePool, is Slice, is Embed: operands[0].layout
    case is PickMaximum: operands[1].layout
    case is Concatenate: operands.allSatisfy { $0.layout == .channelsLast } ? .channelsLast : .plain
    case is any Elementwise:
      operands.contains { $0.shape == node.shape && $0.layout == .channelsLast } ? .channelsLast : .plain
    default: .plain
    }
  }
}
