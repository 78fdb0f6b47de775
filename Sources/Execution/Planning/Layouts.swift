internal import COneDNN
import Tensors

/// How a tensor lies in memory.
enum Layout: Hashable {
  /// Row-major, as the shape says.
  case plain
  /// `[batch, channels / 16, height, width, 16]`, in which convolutions run best.
  case blocked
  /// The same with the channels filled up with zeros to a multiple of 16; only convolutions read and write it.
  case padded
  /// `[batch, height, width, channels]`; `ChannelsLast.swift` says in which programs.
  case channelsLast

  /// The number of channels that lie together innermost, of images of a shape.
  func block(_ shape: Shape) -> Int {
    switch self {
    case .plain: 1
    case .blocked, .padded: 16
    case .channelsLast: shape[1]
    }
  }

  /// Whether the numbers of a shape lie in the same order in another layout, as those of images of one pixel do.
  func isOrder(of other: Layout, _ shape: Shape) -> Bool {
    if self == other { return true }
    return self != .padded && other != .padded && shape[2] * shape[3] == 1 && shape[1].isMultiple(of: 16)
  }

  /// The numbers that a tensor takes up.
  func count(_ shape: Shape) -> Int {
    self == .padded ? shape.count / shape[1] * ((shape[1] + 15) / 16 * 16) : shape.count
  }
}

/// The layout of each node's value: convolutions decide, and elementwise operations follow their operands.
struct Layouts {
  /// Whether the program keeps the channels of small images innermost.
  let hasChannelsLast: Bool
  private let layouts: [Layout]

  init(_ survey: Survey) {
    hasChannelsLast = survey.isFasterChannelsLast
    var layouts = Array(repeating: Layout.plain, count: survey.graph.nodes.count)
    for (index, node) in survey.graph.nodes.enumerated() where survey.isNeeded[index] && node.shape.rank == 4 {
      let operands = node.inputs.map { (shape: survey.shape($0), layout: layouts[$0]) }
      let channelsLast = hasChannelsLast ? Self.channelsLastLayout(of: node, operands: operands) : nil
      layouts[index] = channelsLast ?? Self.layout(of: node, operands: operands)
    }
    self.layouts = layouts
  }

  subscript(node: Int) -> Layout { layouts[node] }

  private static func layout(of node: Node, operands: [(shape: Shape, layout: Layout)]) -> Layout {
    switch node.operation {
    case let convolution as Convolution:
      ConvolutionLayouts(
        images: operands[0].shape[1], outputs: node.shape[1], kernel: KernelSize(of: operands[1].shape),
        convolution.geometry
      ).outputs == .blocked ? .blocked : .plain
    case let gradient as ConvolutionInputGradient:
      ConvolutionLayouts(
        images: node.shape[1], outputs: operands[0].shape[1], kernel: KernelSize(of: operands[1].shape),
        gradient.geometry
      ).images
    case is ChannelBias, is Normalize, is Upsample, is UpsampleGradient: operands[0].layout
    case is AveragePool, is AveragePoolGradient: operands[0].layout
    case is NormalizeInputGradient, is PickMaximum, is PlaceMaximum: operands[1].layout
    case let slice as Slice: ChannelBlocks.layout(of: operands, isWhole: slice.cutsBetweenBlocks)
    case let embed as Embed: ChannelBlocks.layout(of: operands, isWhole: embed.cutsBetweenBlocks)
    case let concatenation as Concatenate:
      ChannelBlocks.layout(of: operands, isWhole: concatenation.joinsBlocks(of: operands.map(\.shape)))
    case is any Elementwise:
      operands.contains { $0.shape == node.shape && $0.layout == .blocked } ? .blocked : .plain
    default: .plain
    }
  }
}

/// Slices, embeddings and concatenations along the channels, or along the batch, move whole blocks where the borders lie
/// between blocks: blocked images stay so, and the numbers that are copied are those of plain images.
private enum ChannelBlocks {
  static func layout(of operands: [(shape: Shape, layout: Layout)], isWhole: Bool) -> Layout {
    isWhole && operands.contains { $0.layout == .blocked } ? .blocked : .plain
  }
}

extension Slice {
  fileprivate var cutsBetweenBlocks: Bool {
    axis == 0 || axis == 1 && range.lowerBound % 16 == 0 && range.upperBound % 16 == 0
  }
}

extension Embed {
  fileprivate var cutsBetweenBlocks: Bool { axis == 0 || axis == 1 && before % 16 == 0 && after % 16 == 0 }
}

extension Concatenate {
  fileprivate func joinsBlocks(of shapes: [Shape]) -> Bool { axis <= 1 && shapes.allSatisfy { $0[1] % 16 == 0 } }
}

/// The layouts of a convolution's two sides.
///
/// oneDNN's fast code wants both sides blocked, or few image channels plain. A convolution to few channels that is read
/// the other way has them on the image side; where that cannot be, they are filled up to a block, because oneDNN's code
/// for plain layouts is ten times slower.
struct ConvolutionLayouts: Hashable {
  let images: Layout
  let outputs: Layout

  /// Those of a convolution whose images have their channels innermost.
  static let channelsLast = ConvolutionLayouts(images: .channelsLast, outputs: .channelsLast)

  private init(images: Layout, outputs: Layout) { (self.images, self.outputs) = (images, outputs) }

  init(images: Int, outputs: Int, kernel: KernelSize, _ geometry: ConvolutionGeometry) {
    guard Self.hasBlocks else {
      (self.images, self.outputs) = (.plain, .plain)
      return
    }
    let isThin = images <= ConvolutionLayouts.thinChannels
    let isReversed = Self.isFasterReversed(images: images, outputs: outputs, kernel: kernel, geometry)
    let isPadded = Self.canBePadded(images: images, outputs: outputs, kernel: kernel, geometry) && !isReversed
    self.images = images % 16 == 0 && (outputs % 16 == 0 || isReversed || isPadded) ? .blocked : .plain
    if outputs % 16 == 0 {
      self.outputs = images % 16 == 0 || isThin ? .blocked : .plain
    } else {
      self.outputs = isPadded ? .padded : .plain
    }
  }

  /// Whether oneDNN takes output channels that do not fill their last block: not with wider padding than "SAME" needs.
  private static func canBePadded(
    images: Int, outputs: Int, kernel: KernelSize, _ geometry: ConvolutionGeometry
  ) -> Bool {
    images % 16 == 0 && outputs % 16 != 0
      && geometry.bothAxes(kernel) { axis, kernel in 2 * axis.before <= kernel && 2 * axis.after <= kernel }
  }

  /// Whether a convolution goes from many channels to one or three, one pixel at a time, with padding that its reverse
  /// can have; of other channel counts oneDNN's code for weights' gradients is slow either way.
  static func isFasterReversed(
    images: Int, outputs: Int, kernel: KernelSize, _ geometry: ConvolutionGeometry
  ) -> Bool {
    hasBlocks && images % 16 == 0 && [1, 3].contains(outputs)
      && geometry.bothAxes(kernel) { axis, kernel in axis.stride == 1 && axis.before < kernel && axis.after < kernel }
  }

  /// Whether oneDNN has fast code for blocks of sixteen channels on this processor; without AVX-512 its convolutions are
  /// matrix products over plain images.
  static let hasBlocks = onednn_has_blocks_of_16() != 0

  /// Up to so many image channels a transposed convolution runs in the program's own kernel.
  static let thinChannels = 4
}
