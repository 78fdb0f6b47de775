import Experiments
import Tensors

extension PointCloud {
  /// This cloud with the first two coordinates of each row as a further group; rows that are not finite are left out,
  /// and a line of one dimension lies on the x-axis.
  func adding(_ rows: Matrix, _ name: String) -> PointCloud {
    let points = (0..<rows.rows).map { row in
      Point(x: rows[row, 0], y: rows.columns > 1 ? rows[row, 1] : 0)
    }
    return PointCloud(groups: groups + [Group(name: name, points: points.filter { $0.x.isFinite && $0.y.isFinite })])
  }
}
