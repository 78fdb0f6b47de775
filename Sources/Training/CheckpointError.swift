import Tensors

/// A file of weights that cannot be used.
package enum CheckpointError: Error, CustomStringConvertible {
  case unreadable(path: String, reason: String)
  case unwritable(path: String, reason: String)
  /// The bytes are no safetensors file, or less than one.
  case malformed(path: String, reason: String)
  /// The file's parameters are not the configuration's.
  case mismatch(path: String, reason: String)

  package var description: String {
    switch self {
    case .unreadable(let path, let reason):
      "The weights in \(path) cannot be read: \(reason); check the path and its permissions."
    case .unwritable(let path, let reason):
      "The weights cannot be written to \(path): \(reason); check the folder, its permissions and the free space."
    case .malformed(let path, let reason):
      "\(path) is no whole safetensors file: \(reason); delete it and train again."
    case .mismatch(let path, let reason):
      "The weights in \(path) belong to another configuration: \(reason); load them with the one they were trained by."
    }
  }
}

extension CheckpointError {
  /// The same fault of a file that holds a model's weights.
  init(_ error: SafetensorsError) {
    self =
      switch error {
      case .unreadable(let path, let reason): .unreadable(path: path, reason: reason)
      case .unwritable(let path, let reason): .unwritable(path: path, reason: reason)
      case .malformed(let path, let reason): .malformed(path: path, reason: reason)
      }
  }
}
