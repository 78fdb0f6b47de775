/// A part of the Inception network. Pads as TensorFlow's "SAME" where nothing else is said.
///
/// Convolutions are named as in `InceptionLayer.all`, which has their kernels and channels; each is followed by its bias
/// and a rectifier.
indirect enum InceptionPart {
  case convolution(String)
  /// Without padding.
  case validConvolution(String)
  /// Without padding, in steps of two.
  case halvingConvolution(String)
  /// Means over 3×3 pixels, of which those of the padding do not count.
  case averagePool
  /// Maxima over 3×3 pixels.
  case maximumPool
  /// The same without padding, in steps of two.
  case halvingPool
  /// Branches that all start from the same images, joined along the channels.
  case branches([[InceptionPart]])
  /// Leaves the mean over all positions as features.
  case features(Features)
}

extension InceptionPart {
  /// The names of its convolutions, in order.
  var layers: [String] {
    switch self {
    case .convolution(let name), .validConvolution(let name), .halvingConvolution(let name): [name]
    case .branches(let branches): branches.joined().flatMap(\.layers)
    case .averagePool, .maximumPool, .halvingPool, .features: []
    }
  }

  /// Inception-v3 as TensorFlow released it on 2015-12-05, for images `[batch, 3, 299, 299]` in [−1, 1].
  ///
  /// Source: the graph `classify_image_graph_def.pb`; Szegedy, Vanhoucke, Ioffe, Shlens and Wojna 2015, arXiv:1512.00567,
  /// figures 5 to 7 and 10. Two things in it are this release's own, and pytorch-fid's `inception.py` has them too:
  /// average pools do not count the padding, and the last block takes maxima where the one before takes means.
  static let network: [InceptionPart] =
    [.halvingConvolution("conv"), .validConvolution("conv_1"), .convolution("conv_2"), .halvingPool]  // 73 × 73
    + [.features(.f64)]
    + [.validConvolution("conv_3"), .validConvolution("conv_4"), .halvingPool]  // 35 × 35
    + [.features(.f192)]
    + ["mixed", "mixed_1", "mixed_2"].map { factorized($0, towers: 2, 3) }
    + [
      .branches([  // 17 × 17
        [.halvingConvolution("mixed_3_conv")],
        tower("mixed_3_tower", 2) + [.halvingConvolution("mixed_3_tower_conv_2")],
        [.halvingPool],
      ])
    ]
    + ["mixed_4", "mixed_5", "mixed_6", "mixed_7"].map { factorized($0, towers: 3, 5) }
    + [.features(.f768)]
    + [
      .branches([  // 8 × 8
        tower("mixed_8_tower", 1) + [.halvingConvolution("mixed_8_tower_conv_1")],
        tower("mixed_8_tower_1", 3) + [.halvingConvolution("mixed_8_tower_1_conv_3")],
        [.halvingPool],
      ])
    ]
    + [expanded("mixed_9", pool: .averagePool), expanded("mixed_10", pool: .maximumPool)]
    + [.features(.f2048)]

  /// 1×1, two towers of so many convolutions, and 1×1 after a mean.
  private static func factorized(_ name: String, towers first: Int, _ second: Int) -> InceptionPart {
    .branches([
      [.convolution("\(name)_conv")],
      tower("\(name)_tower", first),
      tower("\(name)_tower_1", second),
      [.averagePool, .convolution("\(name)_tower_2_conv")],
    ])
  }

  /// The same with towers that end in a row and a column side by side.
  private static func expanded(_ name: String, pool: InceptionPart) -> InceptionPart {
    .branches([
      [.convolution("\(name)_conv")],
      tower("\(name)_tower", 1) + [rowAndColumn("\(name)_tower_mixed")],
      tower("\(name)_tower_1", 2) + [rowAndColumn("\(name)_tower_1_mixed")],
      [pool, .convolution("\(name)_tower_2_conv")],
    ])
  }

  /// `…_conv`, `…_conv_1`, and so on.
  private static func tower(_ name: String, _ count: Int) -> [InceptionPart] {
    (0..<count).map { .convolution("\(name)_conv" + ($0 == 0 ? "" : "_\($0)")) }
  }

  private static func rowAndColumn(_ name: String) -> InceptionPart {
    .branches([[.convolution("\(name)_conv")], [.convolution("\(name)_conv_1")]])
  }
}
