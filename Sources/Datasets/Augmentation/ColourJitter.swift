/// Changes of brightness, contrast, saturation and hue in random order, as torchvision's `ColorJitter`.
///
/// Each blends the image with another: black, its mean grey, its own grey; the hue turns. The result of each is clamped to
/// [0, 1]. A grey image has neither saturation nor hue to change.
struct ColourJitter {
  enum Step: CaseIterable { case brightness, contrast, saturation, hue }

  let steps: [Step]
  /// Factors around 1.
  let brightness: Float
  let contrast: Float
  let saturation: Float
  /// A share of the full circle.
  let hue: Float

  init(steps: [Step], brightness: Float = 1, contrast: Float = 1, saturation: Float = 1, hue: Float = 0) {
    self.steps = steps
    self.brightness = brightness
    self.contrast = contrast
    self.saturation = saturation
    self.hue = hue
  }

  /// - Parameters:
  ///   - draws: four uniform numbers: the factors.
  ///   - order: another, for the order.
  init(_ draws: SIMD4<Float>, order: Float) {
    self.init(
      steps: Self.orders[Int(order * Float(Self.orders.count))], brightness: 0.5 + draws[0], contrast: 0.5 + draws[1],
      saturation: 0.5 + draws[2],
      hue: 0.5 * (draws[3] - 0.5))
  }

  func apply(_ item: UnsafeMutableBufferPointer<Float>, channels: Int) {
    for step in steps {
      switch step {
      case .brightness: blend(item, with: 0, by: brightness)
      case .contrast:
        blend(item, with: meanGrey(item, channels: channels), by: contrast)
      case .saturation where channels == 3:
        let area = item.count / 3
        for pixel in 0..<area {
          let base = grey(item, pixel, area)
          for channel in 0..<3 { blend(&item[channel * area + pixel], with: base, by: saturation) }
        }
      case .hue where channels == 3: turn(item)
      case .saturation, .hue: break
      }
    }
  }

  /// The 24 orders.
  private static let orders = (0..<24).map(order)

  /// One of the orders: takes the steps one by one from those left.
  private static func order(_ number: Int) -> [Step] {
    var (left, code) = (Step.allCases, number)
    return (1...4).reversed().map { count in
      defer { code /= count }
      return left.remove(at: code % count)
    }
  }

  private func blend(_ item: UnsafeMutableBufferPointer<Float>, with base: Float, by factor: Float) {
    for i in item.indices { blend(&item[i], with: base, by: factor) }
  }

  private func blend(_ value: inout Float, with base: Float, by factor: Float) {
    value = min(max(base + factor * (value - base), 0), 1)
  }

  private func meanGrey(_ item: UnsafeMutableBufferPointer<Float>, channels: Int) -> Float {
    let area = item.count / channels
    let sum = (0..<area).reduce(0.0) { $0 + Double(channels == 3 ? grey(item, $1, area) : item[$1]) }
    return Float(sum / Double(area))
  }

  /// Luma of ITU-R BT.601, which Pillow uses.
  private func grey(_ item: UnsafeMutableBufferPointer<Float>, _ pixel: Int, _ area: Int) -> Float {
    0.299 * item[pixel] + 0.587 * item[area + pixel] + 0.114 * item[2 * area + pixel]
  }

  /// Turns the hue of each pixel and keeps the value and the saturation of the hexagonal cone.
  private func turn(_ item: UnsafeMutableBufferPointer<Float>) {
    let area = item.count / 3
    for pixel in 0..<area {
      let (r, g, b) = (item[pixel], item[area + pixel], item[2 * area + pixel])
      let (value, chroma) = (max(r, g, b), max(r, g, b) - min(r, g, b))
      guard chroma > 0 else { continue }
      let sixths = Self.sixths(r, g, b, value: value, chroma: chroma) + 6 * hue
      for channel in 0..<3 {
        let offset = Float(5 - 2 * channel)
        let k = (offset + sixths + 12).truncatingRemainder(dividingBy: 6)
        item[channel * area + pixel] = value - chroma * max(0, min(k, 4 - k, 1))
      }
    }
  }

  private static func sixths(_ r: Float, _ g: Float, _ b: Float, value: Float, chroma: Float) -> Float {
    if value == r { return (g - b) / chroma }
    return value == g ? 2 + (b - r) / chroma : 4 + (r - g) / chroma
  }
}
