import Tensors

extension ChannelBias: Lowerable {
  func lower(_ node: Int, in planner: inout Planner) throws {
    let survey = planner.survey
    let (images, bias) = (survey.inputs(node)[0], survey.inputs(node)[1])
    let layout = planner.layouts[node]
    let sizes = ChannelSizes(survey.shape(images), layout)
    let (input, addend) = (planner.buffer(of: images, as: layout), planner.buffer(of: bias, as: .plain))
    let output = planner.define(node)
    planner.emit("bias", reads: [input, addend], writes: [output]) { memory in
      ChannelBiasStep(
        output: memory[output], input: memory[input], bias: memory[addend], sizes: sizes, slope: nil)
    }
  }
}

extension ChannelSum: Lowerable {
  func lower(_ node: Int, in planner: inout Planner) throws {
    let images = planner.survey.inputs(node)[0]
    let layout = planner.layouts[images]
    let sizes = ChannelSizes(planner.survey.shape(images), layout)
    let input = planner.buffer(of: images, as: layout)
    let output = planner.define(node)
    planner.emit("sum per channel", reads: [input], writes: [output]) { memory in
      ChannelSumStep(output: memory[output], input: memory[input], sizes: sizes)
    }
  }
}

extension ChannelSizes {
  /// Images with their channels innermost are as many images of one pixel.
  init(_ images: Shape, _ layout: Layout) {
    let area = images[2] * images[3]
    if layout == .channelsLast {
      self.init(
        batch: images[0] * area, channels: images[1], area: 1, block: images[1].isMultiple(of: 16) ? 16 : 1)
    } else {
      self.init(batch: images[0], channels: images[1], area: area, block: layout.block(images))
    }
  }
}

extension Planner {
  /// Emits a change of images from one layout into another.
  mutating func emitReorder(
    from source: Int, _ layout: Layout, to target: Int, _ targetLayout: Layout, shape: Shape
  ) {
    emit("reorder \(shape)", reads: [source], writes: [target], isRearrangement: true) { memory in
      ReorderStep(
        output: memory[target], input: memory[source], batch: shape[0], channels: shape[1], area: shape[2] * shape[3],
        from: layout, to: targetLayout)
    }
  }
}
