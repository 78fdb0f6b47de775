import Foundation
import Harness

/// Files that a command was asked for.
enum OutputFile {
  /// Puts the content at a place, whose folder is made where there is none; what stood there stays until it is replaced.
  /// - Throws: `HarnessError.unwritable`.
  static func write(_ content: Data, to place: URL) throws {
    do {
      try FileManager.default.createDirectory(at: place.deletingLastPathComponent(), withIntermediateDirectories: true)
      try content.write(to: place, options: .atomic)
    } catch {
      throw HarnessError.unwritable(place.path, reason: error.localizedDescription)
    }
  }

  /// Adds text to the end of a file, which is made where there is none.
  /// - Throws: `HarnessError.unwritable`.
  static func append(_ text: String, to place: URL) throws {
    guard let file = FileHandle(forWritingAtPath: place.path) else { return try write(Data(text.utf8), to: place) }
    do {
      try file.seekToEnd()
      try file.write(contentsOf: Data(text.utf8))
      try file.close()
    } catch {
      throw HarnessError.unwritable(place.path, reason: error.localizedDescription)
    }
  }
}
