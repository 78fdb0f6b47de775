import Foundation

/// Where a training leaves all that it needs to go on after it was cut off, how often, and who may stop it.
///
/// Going on from a savepoint gives the bits of a training that was never cut off, whenever that one was written.
package struct Savepoints {
  let folder: String
  let owner: [String: String]
  let rhythm: Rhythm
  let isStopped: () -> Bool
  let tell: (String) throws -> Void

  /// When a savepoint is due.
  package enum Rhythm {
    /// After every so many iterations of a stage.
    case iterations(Int)
    /// After so many seconds.
    case seconds(Double)
    /// After half a minute, or a hundred times what the last one took to write: that is under 1 % of the time.
    case usual
  }

  /// - Parameters:
  ///   - folder: of this training alone; made when it is needed.
  ///   - owner: what makes a training another one besides configuration, seed and items: its run, code and machine.
  ///   - isStopped: asked after each iteration; then a savepoint is written, and the training ends.
  ///   - tell: told in a sentence's words where the training goes on, whom it waits for, and why a savepoint could not be
  ///     used or written.
  package init(
    folder: String, owner: [String: String], rhythm: Rhythm = .usual, isStopped: @escaping () -> Bool = { false },
    tell: @escaping (String) throws -> Void = { _ in }
  ) {
    (self.folder, self.owner, self.rhythm) = (folder, owner, rhythm)
    (self.isStopped, self.tell) = (isStopped, tell)
  }

  /// Removes all savepoints of a training that needs them no more.
  package static func remove(_ folder: String) {
    // What cannot be removed is refused or written over when a training of the same name begins.
    do { try FileManager.default.removeItem(atPath: folder) } catch {}
  }
}
