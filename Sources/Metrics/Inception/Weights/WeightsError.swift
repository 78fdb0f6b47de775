/// Weights of the Inception network that cannot be used.
package enum WeightsError: Error, Equatable, CustomStringConvertible {
  case unknownLayer(String, origin: String)
  case missingLayer(String, origin: String)
  case wrongShape(layer: String, found: [Int], expected: [Int], origin: String)
  case notFinite(layer: String, origin: String)

  package var description: String {
    switch self {
    case .unknownLayer(let layer, let origin):
      "the weights of \(origin) have a layer '\(layer)', which Inception-v3 has not; \(Self.remedy)"
    case .missingLayer(let layer, let origin):
      "the weights of \(origin) lack the layer \(layer); \(Self.remedy)"
    case .wrongShape(let layer, let found, let expected, let origin):
      "the layer \(layer) of \(origin) has the shape \(found) where \(expected) belongs; \(Self.remedy)"
    case .notFinite(let layer, let origin):
      "the layer \(layer) of \(origin) holds numbers that are not finite; \(Self.remedy)"
    }
  }

  private static let remedy = "prepare those of the release of 2015-12-05 with 'assay prepare inception --from FILE'"
}
