import Tensors

/// Bytes changed in the ways that break parsers: always the same for a seed and a number.
struct Mutation {
  private let draws: [Float]
  private var next = 0

  /// Lengths, offsets and counts that are just at, or beyond, what something holds.
  private static let awkward: [UInt64] = [
    0, 1, 0x7f, 0x80, 0xff, 0x7fff, 0x8000, 0xffff, 0x7fff_ffff, 0x8000_0000, 0xffff_ffff, .max >> 1, .max >> 1 + 1,
    .max,
  ]

  init(seed: UInt64, number: Int) {
    draws = Generator(seed: seed).split(UInt64(number)).uniforms(32)
  }

  /// One to three changes.
  mutating func applied(to bytes: [UInt8], other: [UInt8]) -> [UInt8] {
    (0...below(3)).reduce(bytes) { bytes, _ in changed(bytes, other: other) }
  }

  private mutating func changed(_ bytes: [UInt8], other: [UInt8]) -> [UInt8] {
    guard !bytes.isEmpty else { return other }
    var changed = bytes
    let place = below(bytes.count)
    let stretch = place..<min(bytes.count, place + 1 + below(16))
    switch below(7) {
    case 0: changed[place] ^= 1 << UInt8(below(8))
    case 1: changed[place] = UInt8(below(256))
    case 2: changed = Array(bytes[..<place])
    case 3: changed.removeSubrange(stretch)
    case 4: changed.insert(contentsOf: bytes[stretch], at: below(bytes.count))
    case 5: changed = bytes[..<place] + other.suffix(max(0, other.count - place))
    default: changed.replaceSubrange(stretch, with: awkwardNumber().prefix(stretch.count))
    }
    return changed
  }

  /// In either byte order, of 1, 2, 4 or 8 bytes, or written out.
  private mutating func awkwardNumber() -> [UInt8] {
    let number = Self.awkward[below(Self.awkward.count)]
    let kind = below(9)
    if kind == 8 { return Array("\(number)".utf8) }
    let little = (0..<(1 << (kind % 4))).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) }
    return kind < 4 ? little : little.reversed()
  }

  private mutating func below(_ bound: Int) -> Int {
    defer { next = (next + 1) % draws.count }
    return min(bound - 1, Int(draws[next] * Float(bound)))
  }
}
