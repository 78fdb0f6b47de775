/// A metric's number on a run, or the reason why there is none.
package struct Score: Codable, Hashable, Sendable {
  package let metric: MetricID
  /// `nil` exactly where the status is not `done`.
  package let value: Double?
  /// The standard error of the value on this run alone, where the metric has one.
  package let standardError: Double?
  package let unit: String
  package let direction: Direction
  /// The number of items behind the value.
  package let count: Int
  package let status: Status
  /// A sentence, where the value is missing or needs a remark.
  package let reason: String?

  package enum Status: String, Codable, Sendable, CaseIterable { case done, failed, notApplicable = "not-applicable" }

  /// A measured value; one that is not finite is no value, and makes the score failed.
  package init(
    metric: MetricID, value: Double, standardError: Double? = nil, unit: String, direction: Direction, count: Int,
    remark: String? = nil
  ) {
    self.metric = metric
    let isFinite = value.isFinite
    self.value = isFinite ? value : nil
    self.standardError = isFinite ? standardError.flatMap { $0.isFinite ? $0 : nil } : nil
    self.unit = unit
    self.direction = direction
    self.count = count
    status = isFinite ? .done : .failed
    reason = isFinite ? remark : "the value is \(Numerals.significant(value))" + (remark.map { "; \($0)" } ?? "")
  }

  package init(missing metric: MetricID, unit: String, direction: Direction, status: Status, reason: String) {
    self.metric = metric
    value = nil
    standardError = nil
    self.unit = unit
    self.direction = direction
    count = 0
    self.status = status
    self.reason = reason
  }
}

/// A point of a curve of a run: a training loss at an iteration, a leakage score at a threshold.
package struct CurvePoint: Codable, Hashable, Sendable {
  /// E.g. `loss`, `reconstruction`, `kl`.
  package let name: String
  package let iteration: Int
  package let value: Double

  package init(name: String, iteration: Int, value: Double) {
    self.name = name
    self.iteration = iteration
    self.value = value
  }
}

/// A picture or a cloud of points that a run leaves for its report.
package struct Artefact: Codable, Hashable, Sendable {
  /// E.g. `samples`, `low-posterior-samples`, `reconstructions`, `latents`.
  package let name: String
  package let content: Content

  package enum Content: Codable, Hashable, Sendable {
    case grid(ImageGrid)
    case points(PointCloud)
  }

  package init(name: String, content: Content) {
    self.name = name
    self.content = content
  }
}

/// Images of one size, side by side, 8 bits a channel.
package struct ImageGrid: Codable, Hashable, Sendable {
  package let columns: Int
  package let width: Int
  package let height: Int
  /// 1 for grey, 3 for red, green, blue.
  package let channels: Int
  /// Image after image, each row after row, channels innermost.
  package let pixels: [UInt8]

  package init(columns: Int, width: Int, height: Int, channels: Int, pixels: [UInt8]) {
    precondition(pixels.count % (width * height * channels) == 0, "the pixels do not fill whole images")
    self.columns = columns
    self.width = width
    self.height = height
    self.channels = channels
    self.pixels = pixels
  }

  package var count: Int { pixels.count / (width * height * channels) }
}

/// Points of a plane in named groups, drawn in order.
package struct PointCloud: Codable, Hashable, Sendable {
  package let groups: [Group]

  package struct Group: Codable, Hashable, Sendable {
    package let name: String
    package let points: [Point]

    package init(name: String, points: [Point]) {
      self.name = name
      self.points = points
    }
  }

  package struct Point: Codable, Hashable, Sendable {
    package let x: Float
    package let y: Float

    package init(x: Float, y: Float) {
      self.x = x
      self.y = y
    }
  }

  package init(groups: [Group]) { self.groups = groups }
}
