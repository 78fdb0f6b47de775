/// Why a report or a table cannot be made.
package enum ReportingError: Error, Hashable, CustomStringConvertible {
  /// The table that was asked for, and those there are.
  case unknownTable(String, known: [String])
  case picture(String)

  package var description: String {
    switch self {
    case .unknownTable(let id, let known) where known.isEmpty:
      "There is no table '\(id)', for no paper has one; see 'assay list papers'."
    case .unknownTable(let id, let known):
      "There is no table '\(id)'; there are: \(known.joined(separator: ", "))."
    case .picture(let reason): "A picture could not be made or read: \(reason)."
    }
  }
}
