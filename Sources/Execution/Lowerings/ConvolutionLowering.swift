internal import CKernels
internal import COneDNN
import Tensors

/// The sizes of a convolution: images `[batch, inputs, height, width]`, weights `[outputs, inputs]` of the kernel's size.
struct ConvolutionShape {
  let batch: Int
  let inputs: Int
  let height: Int
  let width: Int
  let outputs: Int
  let kernel: KernelSize
  let geometry: ConvolutionGeometry
  /// Whether the images have their channels innermost, before and after.
  var isChannelsLast = false

  init(images: Shape, outputs: Int, kernel: KernelSize, geometry: ConvolutionGeometry) {
    (batch, inputs, height, width) = (images[0], images[1], images[2], images[3])
    self.outputs = outputs
    self.kernel = kernel
    self.geometry = geometry
  }

  var reducedHeight: Int { geometry.vertical.reduced(height, kernel: kernel.height) }
  var reducedWidth: Int { geometry.horizontal.reduced(width, kernel: kernel.width) }
  var layouts: ConvolutionLayouts {
    isChannelsLast
      ? .channelsLast : ConvolutionLayouts(images: inputs, outputs: outputs, kernel: kernel, geometry)
  }

  /// Whether the gradient with respect to the images is for the program's own kernel.
  var isThin: Bool { layouts.images == .plain && layouts.outputs == .blocked }

  var description: onednn_convolution {
    onednn_convolution(
      batch: Int64(batch), inputs: Int64(inputs), height: Int64(height), width: Int64(width), outputs: Int64(outputs),
      kernel: (Int64(kernel.height), Int64(kernel.width)),
      stride: (Int64(geometry.vertical.stride), Int64(geometry.horizontal.stride)),
      padding: (Int64(geometry.vertical.before), Int64(geometry.horizontal.before)),
      padding_end: (Int64(geometry.vertical.after), Int64(geometry.horizontal.after)),
      image_layout: layouts.images.code, output_layout: layouts.outputs.code, winograd: 0)
  }

  /// As a sentence's part, e.g. `[100, 1, 28, 28] * 32 of 4×4 / 2`.
  var text: String {
    "[\(batch), \(inputs), \(height), \(width)] * \(outputs) of \(kernel) / \(geometry.vertical.stride)"
  }
}

extension Layout {
  fileprivate var code: Int32 {
    switch self {
    case .plain: Int32(ONEDNN_NCHW.rawValue)
    case .blocked, .padded: Int32(ONEDNN_NCHW16C.rawValue)
    case .channelsLast: Int32(ONEDNN_NHWC.rawValue)
    }
  }
}

/// A member of the family of a convolution and its two gradients.
protocol ConvolutionFamily: Operation {
  func convolutionShape(output: Shape, inputs: [Shape]) -> ConvolutionShape
  /// The step over the operands, with bias and activation where it can take them along.
  func lower(_ shape: ConvolutionShape, _ site: ConvolutionSite, in planner: inout Planner) throws
}

/// The operands of a convolution, and what follows it in its group.
struct ConvolutionSite {
  let operands: [Int]
  /// The node whose value the group leaves.
  let result: Int
  /// The node of the bias, if one is added.
  let bias: Int?
  /// The slope of the activation, if one follows.
  let slope: Float?
}

extension Planner {
  /// Emits a convolution with the bias and activation that joined its group.
  mutating func lowerConvolution(_ members: [Int]) throws {
    let node = members[0]
    guard let operation = survey.operation(node) as? any ConvolutionFamily else {
      preconditionFailure("a convolution's group starts with another operation")
    }
    var shape = operation.convolutionShape(output: survey.shape(node), inputs: survey.inputs(node).map(survey.shape))
    shape.isChannelsLast = layouts[node] == .channelsLast
    let site = ConvolutionSite(
      operands: survey.inputs(node), result: members[members.count - 1],
      bias: members.count > 1 ? survey.inputs(members[1])[1] : nil,
      slope: members.count > 2 ? survey.operation(members[2]).leakySlope : nil)
    try operation.lower(shape, site, in: &self)
  }

  /// Emits a step of a oneDNN primitive, on the plan's threads where this changes no bit.
  ///
  /// - Parameter isSecondFixed: whether the second operand is weights that no run changes.
  mutating func emit(
    _ primitive: Primitive, _ first: Int, _ second: Int, bias: Int? = nil, to output: Int,
    isSecondFixed: Bool = false
  ) throws {
    let primitive = try primitive.spread(
      over: threads,
      Primitive.Counts(
        first: count(of: first), second: count(of: second), bias: bias.map(count), output: count(of: output)))
    let scratch = primitive.scratchCount > 0 ? newBuffer(primitive.scratchCount) : nil
    emit(
      primitive.label, reads: [first, second] + [bias].compactMap { $0 }, writes: [output],
      scratch: [scratch].compactMap { $0 }
    ) { memory in
      if isSecondFixed { try primitive.keep(weights: memory[second], scratch: scratch.map { memory[$0] }) }
      return PrimitiveStep(
        primitive: primitive, first: memory[first], second: memory[second], bias: bias.map { memory[$0] },
        output: memory[output], scratch: scratch.map { memory[$0] })
    }
  }

  /// Emits a pass that adds a bias per channel, with an activation if there is a slope, in place.
  mutating func emitBias(_ bias: Int?, slope: Float?, on buffer: Int, _ sizes: ChannelSizes) {
    guard let bias else { return }
    emit("bias" + (slope == nil ? "" : " and activation"), reads: [buffer, bias], writes: [buffer]) { memory in
      ChannelBiasStep(
        output: memory[buffer], input: memory[buffer], bias: memory[bias], sizes: sizes, slope: slope)
    }
  }
}

extension Convolution: ConvolutionFamily {
  func convolutionShape(output: Shape, inputs: [Shape]) -> ConvolutionShape {
    ConvolutionShape(images: inputs[0], outputs: output[1], kernel: KernelSize(of: inputs[1]), geometry: geometry)
  }

  func lower(_ shape: ConvolutionShape, _ site: ConvolutionSite, in planner: inout Planner) throws {
    if shape.isProduct { return try planner.lowerProduct(shape, site) }
    if shape.isFasterReversed { return lowerReversed(shape, site, in: &planner) }
    let label = "convolution \(shape.text)"
    let isFixed = planner.isFixed(site.operands[1])
    let images = planner.buffer(of: site.operands[0], as: shape.layouts.images)
    let weights = planner.buffer(of: site.operands[1], as: .plain)
    let bias = site.bias.map { planner.buffer(of: $0, as: .plain) }
    let output = planner.define(site.result, as: shape.layouts.outputs)
    let isTakenAlong = planner.layouts.hasChannelsLast && (site.slope ?? 0) == 0
    let along = isTakenAlong ? bias : nil
    let hasReLU = isTakenAlong && site.slope != nil
    if let primitive = shape.winograd(
      .results, label, make: { onednn_convolution_forward($0, along == nil ? 0 : 1, hasReLU ? 1 : 0, 0) })
    {
      try planner.emit(primitive, images, weights, bias: along, to: output, isSecondFixed: isFixed)
      if isTakenAlong { return }
      return planner.emitBias(bias, slope: site.slope, on: output, ChannelSizes(resultsOf: shape))
    }
    var description = shape.description
    let primitive = try Primitive(label) {
      onednn_convolution_forward(&description, site.bias == nil ? 0 : 1, site.slope == nil ? 0 : 1, site.slope ?? 1)
    }
    try planner.emit(primitive, images, weights, bias: bias, to: output, isSecondFixed: isFixed)
  }
}

extension ConvolutionInputGradient: ConvolutionFamily {
  func convolutionShape(output: Shape, inputs: [Shape]) -> ConvolutionShape {
    ConvolutionShape(images: output, outputs: inputs[0][1], kernel: KernelSize(of: inputs[1]), geometry: geometry)
  }

  func lower(_ shape: ConvolutionShape, _ site: ConvolutionSite, in planner: inout Planner) throws {
    if shape.isProduct { return try planner.lowerInputGradientProduct(shape, site) }
    if shape.isFasterReversed { return try lowerReversed(shape, site, in: &planner) }
    let gradient = planner.buffer(of: site.operands[0], as: shape.layouts.outputs)
    let weights = planner.buffer(of: site.operands[1], as: .plain)
    if shape.isThin { return planner.lowerThin(shape, gradient, weights, site) }
    let bias = site.bias.map { planner.buffer(of: $0, as: .plain) }
    let output = planner.define(site.result, as: shape.layouts.images)
    let label = "transposed convolution \(shape.text)"
    var description = shape.description
    let primitive =
      try shape.winograd(.imageGradient, label) { onednn_convolution_input_gradient($0) }
      ?? Primitive(label) { onednn_convolution_input_gradient(&description) }
    try planner.emit(primitive, gradient, weights, to: output)
    planner.emitBias(bias, slope: site.slope, on: output, ChannelSizes(shape))
  }
}

extension Planner {
  /// Emits the program's own transposed convolution to few channels, with what follows it.
  mutating func lowerThin(_ shape: ConvolutionShape, _ gradient: Int, _ weights: Int, _ site: ConvolutionSite) {
    let bias = site.bias.map { buffer(of: $0, as: .plain) }
    let takenAlong = site.slope == nil ? bias : nil
    let output = define(site.result, as: .plain)
    var sizes = kernel_thin_shape(shape)
    let scratch = newBuffer(kernel_thin_scratch(&sizes))
    emit(
      "transposed convolution \(shape.text) by own kernel",
      reads: [gradient, weights] + [takenAlong].compactMap { $0 }, writes: [output], scratch: [scratch]
    ) { memory in
      ThinTransposedStep(
        output: memory[output], gradient: memory[gradient], weights: memory[weights],
        bias: takenAlong.map { memory[$0] }, scratch: memory[scratch], shape: sizes)
    }
    emitBias(takenAlong == nil ? bias : nil, slope: site.slope, on: output, ChannelSizes(shape))
  }
}

extension kernel_thin_shape {
  fileprivate init(_ shape: ConvolutionShape) {
    let (vertical, horizontal) = (shape.geometry.vertical, shape.geometry.horizontal)
    self.init(
      batch: shape.batch, outputs: shape.outputs, inputs: shape.inputs, rows: shape.reducedHeight,
      columns: shape.reducedWidth, height: shape.height, width: shape.width,
      kernel: (shape.kernel.height, shape.kernel.width), stride: (vertical.stride, horizontal.stride),
      padding: (vertical.before, horizontal.before))
  }
}

extension ChannelSizes {
  /// Those of a convolution's images.
  fileprivate init(_ shape: ConvolutionShape) {
    self.init(
      [shape.batch, shape.inputs, shape.height, shape.width], shape.layouts.images)
  }

  /// Those of its results.
  fileprivate init(resultsOf shape: ConvolutionShape) {
    self.init(
      [shape.batch, shape.outputs, shape.reducedHeight, shape.reducedWidth], shape.layouts.outputs)
  }
}

extension ConvolutionWeightGradient: ConvolutionFamily {
  func convolutionShape(output: Shape, inputs: [Shape]) -> ConvolutionShape {
    ConvolutionShape(images: inputs[0], outputs: inputs[1][1], kernel: kernel, geometry: geometry)
  }

  func lower(_ shape: ConvolutionShape, _ site: ConvolutionSite, in planner: inout Planner) throws {
    if shape.isProduct { return try planner.lowerWeightGradientProduct(shape, site) }
    if shape.isFasterReversed { return try lowerReversed(shape, site, in: &planner) }
    let label = "weight gradient \(shape.text)"
    var description = shape.description
    let primitive =
      try shape.winograd(.weightGradient, label) { onednn_convolution_weight_gradient($0) }
      ?? Primitive(label) { onednn_convolution_weight_gradient(&description) }
    let images = planner.buffer(of: site.operands[0], as: shape.layouts.images)
    let gradient = planner.buffer(of: site.operands[1], as: shape.layouts.outputs)
    try planner.emit(primitive, images, gradient, to: planner.define(site.result, as: .plain))
  }
}
