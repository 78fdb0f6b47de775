import Experiments
import Foundation

/// How a picture lies in the store: a few little-endian 32-bit numbers, then its pixels or points as they are.
///
/// A grid: columns, width, height, channels, pixels. Points: for each group the length of its name, the name in UTF-8,
/// the number of points, then x and y of each as 32-bit floats.
extension Artefact {
  var kind: String {
    switch content {
    case .grid: "grid"
    case .points: "points"
    }
  }

  var bytes: Data {
    switch content {
    case .grid(let grid):
      Data([grid.columns, grid.width, grid.height, grid.channels].flatMap(littleEndian) + grid.pixels)
    case .points(let cloud): Data(cloud.groups.flatMap(groupBytes))
    }
  }

  /// `nil` if the bytes are not of that kind.
  init?(name: String, kind: String, bytes: Data) {
    var reader = Reader(rest: [UInt8](bytes)[...])
    switch kind {
    case "grid":
      guard let grid = reader.grid() else { return nil }
      self.init(name: name, content: .grid(grid))
    case "points":
      guard let cloud = reader.points() else { return nil }
      self.init(name: name, content: .points(cloud))
    default: return nil
    }
  }
}

private func littleEndian(_ value: Int) -> [UInt8] { littleEndian(UInt32(value)) }

private func littleEndian(_ value: UInt32) -> [UInt8] { (0..<4).map { UInt8(truncatingIfNeeded: value >> ($0 * 8)) } }

private func groupBytes(_ group: PointCloud.Group) -> [UInt8] {
  let name = Array(group.name.utf8)
  let points = group.points.flatMap { littleEndian($0.x.bitPattern) + littleEndian($0.y.bitPattern) }
  return littleEndian(name.count) + name + littleEndian(group.points.count) + points
}

/// Takes the bytes of a picture apart; `nil` wherever they end too soon or do not fit.
private struct Reader {
  var rest: ArraySlice<UInt8>

  mutating func number() -> UInt32? {
    guard rest.count >= 4 else { return nil }
    defer { rest = rest.dropFirst(4) }
    return rest.prefix(4).reversed().reduce(0) { $0 << 8 | UInt32($1) }
  }

  mutating func text(bytes count: Int) -> String? {
    guard rest.count >= count else { return nil }
    defer { rest = rest.dropFirst(count) }
    return String(bytes: rest.prefix(count), encoding: .utf8)
  }

  mutating func grid() -> ImageGrid? {
    guard let columns = number(), let width = number(), let height = number(), let channels = number() else {
      return nil
    }
    let (area, overflows) = Int(width).multipliedReportingOverflow(by: Int(height))
    let (size, overflowsToo) = area.multipliedReportingOverflow(by: Int(channels))
    guard !overflows, !overflowsToo, size > 0, rest.count % size == 0 else { return nil }
    return ImageGrid(
      columns: Int(columns), width: Int(width), height: Int(height), channels: Int(channels), pixels: Array(rest))
  }

  mutating func points() -> PointCloud? {
    var groups: [PointCloud.Group] = []
    while !rest.isEmpty {
      guard let length = number(), let name = text(bytes: Int(length)), let count = number(), rest.count / 8 >= count
      else { return nil }
      let points = (0..<count).compactMap { _ in point() }
      groups.append(PointCloud.Group(name: name, points: points))
    }
    return PointCloud(groups: groups)
  }

  private mutating func point() -> PointCloud.Point? {
    guard let x = number(), let y = number() else { return nil }
    return PointCloud.Point(x: Float(bitPattern: x), y: Float(bitPattern: y))
  }
}
