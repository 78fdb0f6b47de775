import GRDB

/// A value of another kind than its column's, which our tables refuse and a file from elsewhere may hold.
struct MisplacedValue: Error {
  let column: String
}

extension Row {
  /// What a column holds.
  ///
  /// GRDB's subscript ends the program where the value is of another kind.
  /// - Throws: `MisplacedValue`, which becomes `StoreError.damaged`.
  func value<Value: DatabaseValueConvertible>(_ column: String) throws -> Value {
    do { return try decode(forColumn: column) } catch is RowDecodingError { throw MisplacedValue(column: column) }
  }
}
