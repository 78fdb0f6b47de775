import Foundation

/// What the first bytes of a file say about it, read without SQLite so that a refused file stays as it is.
///
/// The layout is that of SQLite's database header (file format, section 1.3).
enum StoreFile {
  case absent
  case empty
  case database(version: Int, applicationID: Int, isLogged: Bool)
  case other

  static let headerLength = 100

  /// - Parameter header: as many bytes of it as there are.
  init(header: [UInt8]) {
    guard !header.isEmpty else { self = .empty; return }
    guard header.count == Self.headerLength, header.starts(with: Array("SQLite format 3\0".utf8)) else {
      self = .other; return
    }
    let number = { (offset: Int) in header[offset..<offset + 4].reduce(0) { $0 << 8 | Int($1) } }
    self = .database(version: number(60), applicationID: number(68), isLogged: header[18] == 2)
  }

  /// Refuses what is no store of ours, or one of a newer program.
  ///
  /// A store that was only just created has neither mark in its header yet, but it is in write-ahead mode.
  func check(path: String) throws(StoreError) {
    switch self {
    case .absent, .empty: return
    case .other: throw .notDatabase(path: path)
    case .database(let version, let id, let isLogged):
      guard id == Schema.applicationID || (id == 0 && version == 0 && isLogged) else { throw .foreign(path: path) }
      guard version <= Schema.version else {
        throw .newer(path: path, version: version, known: Schema.version)
      }
    }
  }

  /// - Throws: `StoreError.missing` where there is nothing that could be a store.
  func needDatabase(path: String) throws(StoreError) {
    guard case .database = self else { throw .missing(path: path) }
  }

  /// The system's words for what went wrong.
  static func reason(of error: any Error) -> String {
    if (error as? CocoaError)?.code == .fileWriteFileExists { return "a file is where its folder should be" }
    let error = error as NSError
    let underlying = (error.userInfo[NSUnderlyingErrorKey] as? NSError) ?? error
    guard underlying.domain == NSPOSIXErrorDomain else { return error.localizedDescription }
    return String(cString: strerror(Int32(underlying.code)))
  }
}
