package import Experiments

/// What is done to an image before the Inception network sees it.
///
/// Generated images go through all steps, in this order: each stretched to [0, 1], rounded to 8 bits, written and read as
/// JPEG, grey made three channels, resized. Real images are taken as they are: only the last two are for them. Each step
/// is an argument of a metric's id, and every argument has a default.
package struct ImageProtocol: Hashable, Sendable {
  /// How an image gets to the network's 299 × 299 pixels, and from which numbers.
  package var resize: Resize
  /// Whether numbers become multiples of 1/255, as in a picture file.
  package var isRounded: Bool
  /// Whether each generated image is stretched so that its least number is 0 and its greatest 1.
  package var isStretched: Bool
  /// The quality of the JPEG file that a generated image goes through, on the scale of the Independent JPEG Group.
  package var quality: Int?

  package enum Resize: String, CaseIterable, Sendable {
    /// Bicubic over a window that widens when an image shrinks, as Pillow has it, in float; clipped to 0…255, then
    /// (x − 128) / 128. Source: Parmar, Zhang and Zhu 2022; clean-fid, `resize.py`.
    case clean
    /// Bilinear between the corners' positions at which TensorFlow 1 starts; 0…255, then (x − 128) / 128. Source: the graph
    /// `classify_image_graph_def.pb` as daib13/TwoStageVAE feeds it.
    case tf1
    /// Bilinear between pixels' centres, without a wider window when an image shrinks; 0…1, then 2 x − 1. Source:
    /// pytorch-fid, `inception.py`.
    case torch
  }

  package init(resize: Resize = .torch, isRounded: Bool = false, isStretched: Bool = false, quality: Int? = nil) {
    self.resize = resize
    self.isRounded = isRounded
    self.isStretched = isStretched
    self.quality = quality
  }

  /// The protocol of an id whose arguments its card has accepted.
  package init(of id: MetricID) {
    self.init(
      resize: id["resize"].flatMap(Resize.init) ?? .torch, isRounded: id["bits"] == "8",
      isStretched: id["stretch"] == "per-image", quality: id["jpeg"].flatMap(Int.init))
  }

  /// What the real images go through that generated ones of this protocol are compared with.
  package var forReference: ImageProtocol { ImageProtocol(resize: resize) }

  /// The arguments that say all this, with their defaults.
  static let options = [
    MetricCard.Option(key: "bits", values: ["float", "8"]),
    MetricCard.Option(key: "jpeg", values: ["none", "75"]),
    MetricCard.Option(key: "resize", values: ["torch", "tf1", "clean"]),
    MetricCard.Option(key: "stretch", values: ["none", "per-image"]),
  ]

  /// The arguments of an id that asks for this protocol, defaults included.
  package var arguments: [String: String] {
    [
      "bits": isRounded ? "8" : "float", "jpeg": quality.map(String.init) ?? "none", "resize": resize.rawValue,
      "stretch": isStretched ? "per-image" : "none",
    ]
  }
}
