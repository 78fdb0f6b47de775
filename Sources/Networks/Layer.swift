package import Tensors

/// A part of a network: maps a symbolic tensor to another, making its parameters by name as it is traced.
///
/// Layers are values without state; the numbers live in a `ParameterStore` under the parameters' names, so tracing a
/// layer twice into one graph uses the same parameters.
package protocol Layer: Sendable {
  func callAsFunction(_ x: Tensor) -> Tensor
}

/// Layers applied one after another.
package struct Sequential: Layer {
  package let layers: [any Layer]

  package init(_ layers: [any Layer]) { self.layers = layers }

  package func callAsFunction(_ x: Tensor) -> Tensor { layers.reduce(x) { $1($0) } }
}

/// A leaky ReLU: x where x > 0, else slope · x; slope 0 is the ReLU, slope 1 the identity.
package struct LeakyReLU: Layer {
  package let slope: Float

  package init(slope: Float) { self.slope = slope }

  package static let relu = LeakyReLU(slope: 0)

  package func callAsFunction(_ x: Tensor) -> Tensor { x.leakyReLU(slope: slope) }
}

/// The hyperbolic tangent, element by element.
package struct Tanh: Layer {
  package init() {}

  package func callAsFunction(_ x: Tensor) -> Tensor { x.tanh }
}

/// `[batch, …]` to `[batch, everything else]`.
package struct Flatten: Layer {
  package init() {}

  package func callAsFunction(_ x: Tensor) -> Tensor { x.flattened }
}

/// The mean of each channel of square images: `[batch, channels, side, side]` to `[batch, channels]`.
package struct ChannelMeans: Layer {
  package init() {}

  package func callAsFunction(_ x: Tensor) -> Tensor {
    x.averagePooled(x.shape[2], ConvolutionGeometry(stride: x.shape[2], padding: 0)).flattened
  }
}

/// `[batch, …]` to `[batch]` followed by `itemShape`, the same elements in the same order.
package struct View: Layer {
  package let itemShape: Shape

  package init(_ itemShape: Shape) { self.itemShape = itemShape }

  package func callAsFunction(_ x: Tensor) -> Tensor { x.reshaped(Shape([x.shape[0]] + itemShape.dimensions)) }
}

/// What a network makes of points `[batch, inputs]`, with the points themselves beside it: `[batch, outputs + inputs]`.
package struct WithInput: Layer {
  package let network: Sequential

  package init(_ network: Sequential) { self.network = network }

  package func callAsFunction(_ x: Tensor) -> Tensor { .concatenate([network(x), x], axis: 1) }
}
