/// A safetensors file that cannot be used.
package enum SafetensorsError: Error, Equatable, CustomStringConvertible {
  case unreadable(path: String, reason: String)
  case unwritable(path: String, reason: String)
  /// The bytes are no safetensors file, or less than one.
  case malformed(path: String, reason: String)

  package var description: String {
    switch self {
    case .unreadable(let path, let reason): "\(path) cannot be read: \(reason); check the path and its permissions."
    case .unwritable(let path, let reason):
      "\(path) cannot be written: \(reason); check the folder, its permissions and the free space."
    case .malformed(let path, let reason): "\(path) is no whole safetensors file: \(reason); make or get it again."
    }
  }
}
