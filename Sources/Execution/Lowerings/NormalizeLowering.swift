import Tensors

extension ChannelMoments: Lowerable {
  func lower(_ node: Int, in planner: inout Planner) throws {
    let x = planner.survey.inputs(node)[0]
    let sizes = planner.channelSizes(x)
    let (input, output) = (planner.buffer(of: x, as: planner.layouts[x]), planner.define(node))
    planner.emit("moments per channel of \(planner.survey.shape(x))", reads: [input], writes: [output]) { memory in
      ChannelMomentsStep(output: memory[output], input: memory[input], sizes: sizes)
    }
  }
}

extension Normalize: Lowerable {
  func lower(_ node: Int, in planner: inout Planner) throws {
    let operands = planner.survey.inputs(node)
    let site = NormalizeSite(normalization, operands: operands, in: &planner)
    let output = planner.define(node)
    planner.emit("normalisation of \(planner.survey.shape(node))", reads: site.buffers, writes: [output]) { memory in
      NormalizeStep(output: memory[output], site: site.bound(memory))
    }
  }
}

extension NormalizeSums: Lowerable {
  func lower(_ node: Int, in planner: inout Planner) throws {
    let operands = planner.survey.inputs(node)
    let site = NormalizeSite(normalization, operands: Array(operands[1...]), in: &planner)
    let (gradient, output) = (planner.buffer(of: operands[0], as: site.layout), planner.define(node))
    planner.emit(
      "sums of the gradient of a normalisation", reads: site.buffers + [gradient], writes: [output]
    ) { memory in
      NormalizeSumsStep(output: memory[output], gradient: memory[gradient], site: site.bound(memory))
    }
  }
}

extension NormalizeInputGradient: Lowerable {
  func lower(_ node: Int, in planner: inout Planner) throws {
    let operands = planner.survey.inputs(node)
    let site = NormalizeSite(normalization, operands: Array(operands[1...4]), in: &planner)
    let gradient = planner.buffer(of: operands[0], as: site.layout)
    let sums = normalization.isOfBatch ? planner.buffer(of: operands[5], as: .plain) : nil
    let output = planner.define(node)
    planner.emit(
      "gradient of a normalisation of \(planner.survey.shape(node))",
      reads: site.buffers + [gradient] + [sums].compactMap { $0 }, writes: [output]
    ) { memory in
      NormalizeGradientStep(
        output: memory[output], gradient: memory[gradient], sums: sums.map { memory[$0] }, site: site.bound(memory))
    }
  }
}

/// The operands of a normalisation: the images or features, their statistics, the weights and the biases.
private struct NormalizeSite {
  let buffers: [Int]
  let layout: Layout
  private let sizes: ChannelSizes
  private let normalization: Normalization

  init(_ normalization: Normalization, operands: [Int], in planner: inout Planner) {
    self.normalization = normalization
    layout = planner.layouts[operands[0]]
    sizes = planner.channelSizes(operands[0])
    buffers =
      [planner.buffer(of: operands[0], as: layout)] + operands[1...].map { planner.buffer(of: $0, as: .plain) }
  }

  func bound(_ memory: Memory) -> BoundNormalization {
    BoundNormalization(
      input: memory[buffers[0]], statistics: memory[buffers[1]], weight: memory[buffers[2]], bias: memory[buffers[3]],
      normalization: normalization, sizes: sizes)
  }
}

extension Planner {
  /// The sizes of images, or of features `[batch, channels]`, which in whole sixteens lie as blocked images of one pixel.
  fileprivate func channelSizes(_ node: Int) -> ChannelSizes {
    let shape = survey.shape(node)
    guard shape.rank == 2 else { return ChannelSizes(shape, layouts[node]) }
    return ChannelSizes(batch: shape[0], channels: shape[1], area: 1, block: shape[1].isMultiple(of: 16) ? 16 : 1)
  }
}
