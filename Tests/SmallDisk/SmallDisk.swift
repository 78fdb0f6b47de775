import Foundation
import Glibc

/// A file system in memory with so little room that writers find it full; gone when the test is.
///
/// To mount one takes rights that few users have, so tests ask `isPossible` first.
package final class SmallDisk {
  package let path: String

  /// Why tests are skipped where it is not possible.
  package static let need = "needs the right to mount a file system"

  /// Whether this process may mount one.
  package static let isPossible = (try? SmallDisk(kilobytes: 64)) != nil

  /// - Throws: where it cannot be mounted.
  package init(kilobytes: Int) throws {
    path = FileManager.default.temporaryDirectory.appending(path: "disk-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    do { try call("mount", "-t", "tmpfs", "-o", "size=\(kilobytes)k", "tmpfs", path) } catch {
      rmdir(path)
      throw error
    }
  }

  deinit {
    // What is still open on it goes with the process.
    do { try call("umount", "-l", path) } catch {}
    rmdir(path)
  }

  /// Gives it another size, with what is on it staying.
  package func resize(kilobytes: Int) throws { try call("mount", "-o", "remount,size=\(kilobytes)k", path) }

  /// Takes all room that is left but for so much.
  package func fill(leaving kilobytes: Int = 0) throws {
    var room = statvfs()
    guard statvfs(path, &room) == 0 else { throw Fault.refused("statvfs") }
    let bytes = Int(room.f_bavail * room.f_bsize) - kilobytes * 1024
    try Data(count: max(0, bytes)).write(to: URL(filePath: path + "/filling"))
  }

  /// Gives back what `fill` took.
  package func clear() { unlink(path + "/filling") }

  /// Lets nobody write to it any more; nothing may be open for writing.
  package func seal() throws { try call("mount", "-o", "remount,ro", path) }

  /// The files on it, but for what fills it.
  package func files() throws -> [String] {
    try FileManager.default.subpathsOfDirectory(atPath: path).filter { name in
      var isFolder: ObjCBool = false
      return FileManager.default.fileExists(atPath: "\(path)/\(name)", isDirectory: &isFolder) && !isFolder.boolValue
    }.filter { $0 != "filling" }.sorted()
  }

  private enum Fault: Error { case refused(String) }

  private func call(_ arguments: String...) throws {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = arguments
    process.standardError = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else { throw Fault.refused(arguments[0]) }
  }
}
