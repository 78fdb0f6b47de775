/// Images `[batch, channels, height, width]` with every pixel repeated, and the outermost pixels repeated further.
///
/// `y[n, c, i, j] = x[n, c, ⌊clamp(i − padding) / factor⌋, ⌊clamp(j − padding) / factor⌋]`, where the clamp is to the
/// unpadded rows and columns: nearest up-sampling, then replication padding.
package struct Upsample: Operation {
  package let enlargement: Enlargement

  package func shape(of inputs: [Shape]) -> Shape {
    let x = inputs[0]
    precondition(x.rank == 4, "\(x) are no images")
    return [x[0], x[1], enlargement.enlarged(x[2]), enlargement.enlarged(x[3])]
  }

  package func gradients(at application: Application, upstream: Tensor) -> [Tensor?] {
    let x = application.inputs[0].shape
    let gradient = UpsampleGradient(enlargement: enlargement, height: x[2], width: x[3])
    return [upstream.graph.apply(gradient, to: [upstream])]
  }
}

/// The adjoint of `Upsample`: each pixel is the sum of its copies.
package struct UpsampleGradient: Operation {
  package let enlargement: Enlargement
  package let height: Int
  package let width: Int

  package func shape(of inputs: [Shape]) -> Shape {
    let g = inputs[0]
    precondition(
      g[2] == enlargement.enlarged(height) && g[3] == enlargement.enlarged(width),
      "\(g) is no enlargement of \(height)×\(width)")
    return [g[0], g[1], height, width]
  }

  package func gradients(at application: Application, upstream: Tensor) -> [Tensor?] {
    [upstream.graph.apply(Upsample(enlargement: enlargement), to: [upstream])]
  }
}

/// How often a pixel is repeated, and how often the outermost ones are once more.
package struct Enlargement: Hashable, Sendable {
  package let factor: Int
  package let padding: Int

  package func enlarged(_ size: Int) -> Int { size * factor + 2 * padding }
}

extension Tensor {
  /// Every pixel of these images `factor` times along both axes, with `padding` further copies of the border.
  package func upsampled(by factor: Int, padding: Int = 0) -> Tensor {
    precondition(factor >= 1 && padding >= 0, "images are not made larger by \(factor) and \(padding)")
    return graph.apply(Upsample(enlargement: Enlargement(factor: factor, padding: padding)), to: [self])
  }
}
