/// What the Inception network gives of an image: means over positions of what a layer puts out, or scores of classes.
///
/// Source: pytorch-fid, `inception.py` (its four output blocks); TensorFlow's `classify_image_graph_def.pb`.
package enum Features: Int, CaseIterable, Comparable, Sendable {
  /// After the first max pool.
  case f64 = 64
  /// After the second max pool.
  case f192 = 192
  /// The output of `mixed_7`, before the auxiliary classifier.
  case f768 = 768
  /// The output of `mixed_10`, `pool_3` in TensorFlow: those of the Fréchet Inception distance.
  case f2048 = 2048
  /// What the softmax takes: `weights · f2048 + biases`.
  case logits = 1008

  /// Numbers of one image.
  package var count: Int { rawValue }

  /// By depth in the network.
  package static func < (left: Self, right: Self) -> Bool { left.depth < right.depth }

  private var depth: Int { self == .logits ? 1 << 12 : rawValue }
}
