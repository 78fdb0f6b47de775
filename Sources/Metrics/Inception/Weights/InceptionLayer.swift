/// What is known of a convolution of the network before its weights are: its names and its shape.
package struct InceptionLayer: Sendable {
  /// As in TensorFlow's graph, with `_` for `/`.
  package let name: String
  /// As in pytorch-fid's file of weights, which follows torchvision's `Inception3`.
  package let portName: String
  /// Height and width of the kernels.
  package let kernel: [Int]
  package let inputs: Int
  package let outputs: Int
  /// The shallowest features that need it.
  package let features: Features

  /// Shape of the kernels.
  package var shape: [Int] { [outputs, inputs] + kernel }

  package static func named(_ name: String) -> InceptionLayer? { byName[name] }

  private init(
    _ name: String, _ portName: String, _ kernel: [Int], _ inputs: Int, _ outputs: Int, _ features: Features
  ) {
    self.name = name
    self.portName = portName
    self.kernel = kernel
    self.inputs = inputs
    self.outputs = outputs
    self.features = features
  }

  /// - Throws: `WeightsError.wrongShape`, `.notFinite`.
  func check(_ layer: InceptionWeights.Layer, origin: String) throws(WeightsError) {
    guard layer.shape == shape else {
      throw .wrongShape(layer: name, found: layer.shape, expected: shape, origin: origin)
    }
    guard layer.biases.count == outputs else {
      throw .wrongShape(layer: name + "'s biases", found: [layer.biases.count], expected: [outputs], origin: origin)
    }
    // A sum of finite numbers of this size is finite, and one with another number in it is not.
    let sum = layer.weights.reduce(0, +) + layer.biases.reduce(0, +)
    guard sum.isFinite else { throw .notFinite(layer: name, origin: origin) }
  }

  private static let byName = Dictionary(uniqueKeysWithValues: all.map { ($0.name, $0) })

  /// All 94 convolutions and the last layer, from front to back: the name in TensorFlow's graph, the name in PyTorch's
  /// port, height and width of the kernels, inputs, outputs, and the features from which on it is needed.
  ///
  /// Source: Szegedy, Vanhoucke, Ioffe, Shlens, Wojna 2015, arXiv:1512.00567; the graph `classify_image_graph_def.pb`.
  package static let all: [InceptionLayer] = [
    InceptionLayer("conv", "Conv2d_1a_3x3", [3, 3], 3, 32, .f64),
    InceptionLayer("conv_1", "Conv2d_2a_3x3", [3, 3], 32, 32, .f64),
    InceptionLayer("conv_2", "Conv2d_2b_3x3", [3, 3], 32, 64, .f64),
    InceptionLayer("conv_3", "Conv2d_3b_1x1", [1, 1], 64, 80, .f192),
    InceptionLayer("conv_4", "Conv2d_4a_3x3", [3, 3], 80, 192, .f192),
    InceptionLayer("mixed_conv", "Mixed_5b.branch1x1", [1, 1], 192, 64, .f768),
    InceptionLayer("mixed_tower_conv", "Mixed_5b.branch5x5_1", [1, 1], 192, 48, .f768),
    InceptionLayer("mixed_tower_conv_1", "Mixed_5b.branch5x5_2", [5, 5], 48, 64, .f768),
    InceptionLayer("mixed_tower_1_conv", "Mixed_5b.branch3x3dbl_1", [1, 1], 192, 64, .f768),
    InceptionLayer("mixed_tower_1_conv_1", "Mixed_5b.branch3x3dbl_2", [3, 3], 64, 96, .f768),
    InceptionLayer("mixed_tower_1_conv_2", "Mixed_5b.branch3x3dbl_3", [3, 3], 96, 96, .f768),
    InceptionLayer("mixed_tower_2_conv", "Mixed_5b.branch_pool", [1, 1], 192, 32, .f768),
    InceptionLayer("mixed_1_conv", "Mixed_5c.branch1x1", [1, 1], 256, 64, .f768),
    InceptionLayer("mixed_1_tower_conv", "Mixed_5c.branch5x5_1", [1, 1], 256, 48, .f768),
    InceptionLayer("mixed_1_tower_conv_1", "Mixed_5c.branch5x5_2", [5, 5], 48, 64, .f768),
    InceptionLayer("mixed_1_tower_1_conv", "Mixed_5c.branch3x3dbl_1", [1, 1], 256, 64, .f768),
    InceptionLayer("mixed_1_tower_1_conv_1", "Mixed_5c.branch3x3dbl_2", [3, 3], 64, 96, .f768),
    InceptionLayer("mixed_1_tower_1_conv_2", "Mixed_5c.branch3x3dbl_3", [3, 3], 96, 96, .f768),
    InceptionLayer("mixed_1_tower_2_conv", "Mixed_5c.branch_pool", [1, 1], 256, 64, .f768),
    InceptionLayer("mixed_2_conv", "Mixed_5d.branch1x1", [1, 1], 288, 64, .f768),
    InceptionLayer("mixed_2_tower_conv", "Mixed_5d.branch5x5_1", [1, 1], 288, 48, .f768),
    InceptionLayer("mixed_2_tower_conv_1", "Mixed_5d.branch5x5_2", [5, 5], 48, 64, .f768),
    InceptionLayer("mixed_2_tower_1_conv", "Mixed_5d.branch3x3dbl_1", [1, 1], 288, 64, .f768),
    InceptionLayer("mixed_2_tower_1_conv_1", "Mixed_5d.branch3x3dbl_2", [3, 3], 64, 96, .f768),
    InceptionLayer("mixed_2_tower_1_conv_2", "Mixed_5d.branch3x3dbl_3", [3, 3], 96, 96, .f768),
    InceptionLayer("mixed_2_tower_2_conv", "Mixed_5d.branch_pool", [1, 1], 288, 64, .f768),
    InceptionLayer("mixed_3_conv", "Mixed_6a.branch3x3", [3, 3], 288, 384, .f768),
    InceptionLayer("mixed_3_tower_conv", "Mixed_6a.branch3x3dbl_1", [1, 1], 288, 64, .f768),
    InceptionLayer("mixed_3_tower_conv_1", "Mixed_6a.branch3x3dbl_2", [3, 3], 64, 96, .f768),
    InceptionLayer("mixed_3_tower_conv_2", "Mixed_6a.branch3x3dbl_3", [3, 3], 96, 96, .f768),
    InceptionLayer("mixed_4_conv", "Mixed_6b.branch1x1", [1, 1], 768, 192, .f768),
    InceptionLayer("mixed_4_tower_conv", "Mixed_6b.branch7x7_1", [1, 1], 768, 128, .f768),
    InceptionLayer("mixed_4_tower_conv_1", "Mixed_6b.branch7x7_2", [1, 7], 128, 128, .f768),
    InceptionLayer("mixed_4_tower_conv_2", "Mixed_6b.branch7x7_3", [7, 1], 128, 192, .f768),
    InceptionLayer("mixed_4_tower_1_conv", "Mixed_6b.branch7x7dbl_1", [1, 1], 768, 128, .f768),
    InceptionLayer("mixed_4_tower_1_conv_1", "Mixed_6b.branch7x7dbl_2", [7, 1], 128, 128, .f768),
    InceptionLayer("mixed_4_tower_1_conv_2", "Mixed_6b.branch7x7dbl_3", [1, 7], 128, 128, .f768),
    InceptionLayer("mixed_4_tower_1_conv_3", "Mixed_6b.branch7x7dbl_4", [7, 1], 128, 128, .f768),
    InceptionLayer("mixed_4_tower_1_conv_4", "Mixed_6b.branch7x7dbl_5", [1, 7], 128, 192, .f768),
    InceptionLayer("mixed_4_tower_2_conv", "Mixed_6b.branch_pool", [1, 1], 768, 192, .f768),
    InceptionLayer("mixed_5_conv", "Mixed_6c.branch1x1", [1, 1], 768, 192, .f768),
    InceptionLayer("mixed_5_tower_conv", "Mixed_6c.branch7x7_1", [1, 1], 768, 160, .f768),
    InceptionLayer("mixed_5_tower_conv_1", "Mixed_6c.branch7x7_2", [1, 7], 160, 160, .f768),
    InceptionLayer("mixed_5_tower_conv_2", "Mixed_6c.branch7x7_3", [7, 1], 160, 192, .f768),
    InceptionLayer("mixed_5_tower_1_conv", "Mixed_6c.branch7x7dbl_1", [1, 1], 768, 160, .f768),
    InceptionLayer("mixed_5_tower_1_conv_1", "Mixed_6c.branch7x7dbl_2", [7, 1], 160, 160, .f768),
    InceptionLayer("mixed_5_tower_1_conv_2", "Mixed_6c.branch7x7dbl_3", [1, 7], 160, 160, .f768),
    InceptionLayer("mixed_5_tower_1_conv_3", "Mixed_6c.branch7x7dbl_4", [7, 1], 160, 160, .f768),
    InceptionLayer("mixed_5_tower_1_conv_4", "Mixed_6c.branch7x7dbl_5", [1, 7], 160, 192, .f768),
    InceptionLayer("mixed_5_tower_2_conv", "Mixed_6c.branch_pool", [1, 1], 768, 192, .f768),
    InceptionLayer("mixed_6_conv", "Mixed_6d.branch1x1", [1, 1], 768, 192, .f768),
    InceptionLayer("mixed_6_tower_conv", "Mixed_6d.branch7x7_1", [1, 1], 768, 160, .f768),
    InceptionLayer("mixed_6_tower_conv_1", "Mixed_6d.branch7x7_2", [1, 7], 160, 160, .f768),
    InceptionLayer("mixed_6_tower_conv_2", "Mixed_6d.branch7x7_3", [7, 1], 160, 192, .f768),
    InceptionLayer("mixed_6_tower_1_conv", "Mixed_6d.branch7x7dbl_1", [1, 1], 768, 160, .f768),
    InceptionLayer("mixed_6_tower_1_conv_1", "Mixed_6d.branch7x7dbl_2", [7, 1], 160, 160, .f768),
    InceptionLayer("mixed_6_tower_1_conv_2", "Mixed_6d.branch7x7dbl_3", [1, 7], 160, 160, .f768),
    InceptionLayer("mixed_6_tower_1_conv_3", "Mixed_6d.branch7x7dbl_4", [7, 1], 160, 160, .f768),
    InceptionLayer("mixed_6_tower_1_conv_4", "Mixed_6d.branch7x7dbl_5", [1, 7], 160, 192, .f768),
    InceptionLayer("mixed_6_tower_2_conv", "Mixed_6d.branch_pool", [1, 1], 768, 192, .f768),
    InceptionLayer("mixed_7_conv", "Mixed_6e.branch1x1", [1, 1], 768, 192, .f768),
    InceptionLayer("mixed_7_tower_conv", "Mixed_6e.branch7x7_1", [1, 1], 768, 192, .f768),
    InceptionLayer("mixed_7_tower_conv_1", "Mixed_6e.branch7x7_2", [1, 7], 192, 192, .f768),
    InceptionLayer("mixed_7_tower_conv_2", "Mixed_6e.branch7x7_3", [7, 1], 192, 192, .f768),
    InceptionLayer("mixed_7_tower_1_conv", "Mixed_6e.branch7x7dbl_1", [1, 1], 768, 192, .f768),
    InceptionLayer("mixed_7_tower_1_conv_1", "Mixed_6e.branch7x7dbl_2", [7, 1], 192, 192, .f768),
    InceptionLayer("mixed_7_tower_1_conv_2", "Mixed_6e.branch7x7dbl_3", [1, 7], 192, 192, .f768),
    InceptionLayer("mixed_7_tower_1_conv_3", "Mixed_6e.branch7x7dbl_4", [7, 1], 192, 192, .f768),
    InceptionLayer("mixed_7_tower_1_conv_4", "Mixed_6e.branch7x7dbl_5", [1, 7], 192, 192, .f768),
    InceptionLayer("mixed_7_tower_2_conv", "Mixed_6e.branch_pool", [1, 1], 768, 192, .f768),
    InceptionLayer("mixed_8_tower_conv", "Mixed_7a.branch3x3_1", [1, 1], 768, 192, .f2048),
    InceptionLayer("mixed_8_tower_conv_1", "Mixed_7a.branch3x3_2", [3, 3], 192, 320, .f2048),
    InceptionLayer("mixed_8_tower_1_conv", "Mixed_7a.branch7x7x3_1", [1, 1], 768, 192, .f2048),
    InceptionLayer("mixed_8_tower_1_conv_1", "Mixed_7a.branch7x7x3_2", [1, 7], 192, 192, .f2048),
    InceptionLayer("mixed_8_tower_1_conv_2", "Mixed_7a.branch7x7x3_3", [7, 1], 192, 192, .f2048),
    InceptionLayer("mixed_8_tower_1_conv_3", "Mixed_7a.branch7x7x3_4", [3, 3], 192, 192, .f2048),
    InceptionLayer("mixed_9_conv", "Mixed_7b.branch1x1", [1, 1], 1280, 320, .f2048),
    InceptionLayer("mixed_9_tower_conv", "Mixed_7b.branch3x3_1", [1, 1], 1280, 384, .f2048),
    InceptionLayer("mixed_9_tower_mixed_conv", "Mixed_7b.branch3x3_2a", [1, 3], 384, 384, .f2048),
    InceptionLayer("mixed_9_tower_mixed_conv_1", "Mixed_7b.branch3x3_2b", [3, 1], 384, 384, .f2048),
    InceptionLayer("mixed_9_tower_1_conv", "Mixed_7b.branch3x3dbl_1", [1, 1], 1280, 448, .f2048),
    InceptionLayer("mixed_9_tower_1_conv_1", "Mixed_7b.branch3x3dbl_2", [3, 3], 448, 384, .f2048),
    InceptionLayer("mixed_9_tower_1_mixed_conv", "Mixed_7b.branch3x3dbl_3a", [1, 3], 384, 384, .f2048),
    InceptionLayer("mixed_9_tower_1_mixed_conv_1", "Mixed_7b.branch3x3dbl_3b", [3, 1], 384, 384, .f2048),
    InceptionLayer("mixed_9_tower_2_conv", "Mixed_7b.branch_pool", [1, 1], 1280, 192, .f2048),
    InceptionLayer("mixed_10_conv", "Mixed_7c.branch1x1", [1, 1], 2048, 320, .f2048),
    InceptionLayer("mixed_10_tower_conv", "Mixed_7c.branch3x3_1", [1, 1], 2048, 384, .f2048),
    InceptionLayer("mixed_10_tower_mixed_conv", "Mixed_7c.branch3x3_2a", [1, 3], 384, 384, .f2048),
    InceptionLayer("mixed_10_tower_mixed_conv_1", "Mixed_7c.branch3x3_2b", [3, 1], 384, 384, .f2048),
    InceptionLayer("mixed_10_tower_1_conv", "Mixed_7c.branch3x3dbl_1", [1, 1], 2048, 448, .f2048),
    InceptionLayer("mixed_10_tower_1_conv_1", "Mixed_7c.branch3x3dbl_2", [3, 3], 448, 384, .f2048),
    InceptionLayer("mixed_10_tower_1_mixed_conv", "Mixed_7c.branch3x3dbl_3a", [1, 3], 384, 384, .f2048),
    InceptionLayer("mixed_10_tower_1_mixed_conv_1", "Mixed_7c.branch3x3dbl_3b", [3, 1], 384, 384, .f2048),
    InceptionLayer("mixed_10_tower_2_conv", "Mixed_7c.branch_pool", [1, 1], 2048, 192, .f2048),
    InceptionLayer("softmax", "fc", [1, 1], 2048, 1008, .logits),
  ]
}
