import Experiments
import Tensors

/// Weights of the Inception network that cannot be used.
package enum WeightsError: Error, Equatable, CustomStringConvertible {
  case unknownLayer(String, origin: String)
  case missingLayer(String, origin: String)
  case wrongShape(layer: String, found: [Int], expected: [Int], origin: String)
  case notFinite(layer: String, origin: String)
  case malformed(String, reason: String)
  case foreign(String, sha256: String, expected: String)
  case notFound(folder: String, names: [String])
  case unwritable(String, reason: String)

  package var description: String { sentence.inOneLine }

  private var sentence: String {
    switch self {
    case .unknownLayer(let layer, let origin):
      "the weights of \(origin) have a layer '\(layer)', which Inception-v3 has not; \(Self.remedy)"
    case .missingLayer(let layer, let origin):
      "the weights of \(origin) lack the layer \(layer); \(Self.remedy)"
    case .wrongShape(let layer, let found, let expected, let origin):
      "the layer \(layer) of \(origin) has the shape \(found) where \(expected) belongs; \(Self.remedy)"
    case .notFinite(let layer, let origin):
      "the layer \(layer) of \(origin) holds numbers that are not finite; \(Self.remedy)"
    case .malformed(let path, let reason): "\(path) \(reason); get the official file again, or another one"
    case .foreign(let path, let sha256, let expected):
      "\(path) is not the file that its name says (SHA-256 \(sha256.prefix(12))…, expected \(expected)…); get it again"
    case .notFound(let folder, let names):
      "\(folder) holds no weights of the Inception network; \(Self.remedy), where FILE is one of \(names.joined(separator: ", "))"
    case .unwritable(let path, let reason):
      "\(path) cannot be written (\(reason)); check permissions and space, or name another directory with --data"
    }
  }

  private static let remedy = "prepare those of the release of 2015-12-05 with 'assay prepare inception --from FILE'"
}

extension WeightsError {
  /// The same fault of a file that holds the network's weights.
  init(_ error: SafetensorsError) {
    self =
      switch error {
      case .unreadable(let path, let reason): .malformed(path, reason: "cannot be read (\(reason))")
      case .unwritable(let path, let reason): .unwritable(path, reason: reason)
      case .malformed(let path, let reason): .malformed(path, reason: "is no whole safetensors file (\(reason))")
      }
  }
}
