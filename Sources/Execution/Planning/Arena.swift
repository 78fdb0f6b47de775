/// Places for buffers in one block of memory: two buffers share a place if no step needs both.
struct Arena {
  /// For each buffer its offset in floats, a multiple of 16; `nil` for those excluded and those never touched.
  let offsets: [Int?]
  /// The floats the arena needs.
  let count: Int

  private struct Span {
    let start: Int
    let end: Int
    let lastUse: Int
  }

  /// Walks the instructions once; at its first write a buffer takes the lowest gap that is wide enough.
  init(counts: [Int], instructions: [Planner.Instruction], excluding excluded: Set<Int>) {
    var lastUse = Array(repeating: -1, count: counts.count)
    for (index, instruction) in instructions.enumerated() {
      for buffer in instruction.reads + instruction.writes + instruction.scratch { lastUse[buffer] = index }
    }
    var offsets = [Int?](repeating: nil, count: counts.count)
    var live: [Span] = []
    var highest = 0
    for (index, instruction) in instructions.enumerated() {
      live.removeAll { $0.lastUse < index }
      for buffer in instruction.writes + instruction.scratch where offsets[buffer] == nil && !excluded.contains(buffer)
      {
        let size = (counts[buffer] + 15) / 16 * 16
        let start = Self.gap(of: size, between: live)
        offsets[buffer] = start
        highest = max(highest, start + size)
        live.append(Span(start: start, end: start + size, lastUse: lastUse[buffer]))
        live.sort { $0.start < $1.start }
      }
    }
    self.offsets = offsets
    count = highest
  }

  private static func gap(of size: Int, between live: [Span]) -> Int {
    var start = 0
    for span in live {
      if span.start - start >= size { return start }
      start = max(start, span.end)
    }
    return start
  }
}
