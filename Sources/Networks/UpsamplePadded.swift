package import Tensors

/// Images made larger by repeating every pixel, with their outermost pixels repeated further: `torch.nn.Upsample` of
/// the nearest neighbour, then `torch.nn.ReplicationPad2d`, in one copy.
///
/// `[batch, channels, height, width]` becomes `[batch, channels, factor · height + 2 · padding, …]`.
package struct UpsamplePadded: Layer {
  package let factor: Int
  package let padding: Int

  package init(factor: Int = 2, padding: Int = 1) {
    self.factor = factor
    self.padding = padding
  }

  package func callAsFunction(_ x: Tensor) -> Tensor { x.upsampled(by: factor, padding: padding) }
}
