internal import CKernels
import Tensors

extension AveragePool: Lowerable {
  func lower(_ node: Int, in planner: inout Planner) throws {
    let images = planner.survey.inputs(node)[0]
    planner.lowerPool("average pool", node, over: images, window, keys: nil, by: .averaging)
  }
}

extension AveragePoolGradient: Lowerable {
  func lower(_ node: Int, in planner: inout Planner) throws {
    planner.lowerPool("average pool, backwards,", node, over: node, window, keys: nil, by: .spreading)
  }
}

extension PickMaximum: Lowerable {
  func lower(_ node: Int, in planner: inout Planner) throws {
    let images = planner.survey.inputs(node)[1]
    planner.lowerPool("maximum pool", node, over: images, window, keys: images, by: .picking)
  }
}

extension PlaceMaximum: Lowerable {
  func lower(_ node: Int, in planner: inout Planner) throws {
    let images = planner.survey.inputs(node)[1]
    planner.lowerPool("maximum pool, backwards,", node, over: images, window, keys: images, by: .placing)
  }
}

extension Planner {
  fileprivate mutating func lowerPool(
    _ label: String, _ node: Int, over images: Int, _ window: Window, keys: Int?, by kind: PoolStep.Kind
  ) {
    let (layout, shape) = (layouts[node], survey.shape(images))
    let block = layout.block(shape)
    let input = buffer(of: survey.inputs(node)[0], as: layout)
    let maxima = keys.map { buffer(of: $0, as: layout) }
    let output = define(node)
    let record = kernel_window(window, over: shape)
    emit(
      "\(label) of \(shape) by \(window.size) / \(window.geometry.stride)",
      reads: [input] + [maxima].compactMap { $0 }, writes: [output]
    ) { memory in
      PoolStep(
        kind: kind, output: memory[output], input: memory[input], keys: maxima.map { memory[$0] }, window: record,
        planes: shape[0] * shape[1] / block, block: block)
    }
  }
}

/// A pass of windows over images, or back.
private struct PoolStep: Step {
  enum Kind {
    case averaging, spreading, picking, placing
  }

  let kind: Kind
  let output: UnsafeMutablePointer<Float>
  let input: UnsafeMutablePointer<Float>
  let keys: UnsafeMutablePointer<Float>?
  let window: kernel_window
  let planes: Int
  let block: Int

  func run(_ context: RunContext) {
    var window = window
    switch kind {
    case .averaging: kernel_average_pool(output, input, &window, planes, block)
    case .spreading: kernel_average_pool_gradient(output, input, &window, planes, block)
    case .picking: kernel_pick_maximum(output, input, keys, &window, planes, block)
    case .placing: kernel_place_maximum(output, input, keys, &window, planes, block)
    }
  }
}

extension kernel_window {
  fileprivate init(_ window: Window, over images: Shape) {
    let geometry = window.geometry
    self.init(
      height: images[2], width: images[3], rows: geometry.reduced(images[2], kernel: window.size),
      columns: geometry.reduced(images[3], kernel: window.size), size: window.size, stride: geometry.stride,
      before: geometry.before)
  }
}
