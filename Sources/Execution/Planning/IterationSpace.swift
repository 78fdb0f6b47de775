/// The three nested loops of a fused pass, and how each operand moves along them.
struct IterationSpace: Equatable {
  let outer: Int
  let middle: Int
  let inner: Int
  /// For each operand its strides along the loops, in floats.
  let strides: [Strides]

  struct Strides: Equatable {
    let outer: Int
    let middle: Int
    let inner: Int
  }

  /// Folds the axes of a tensor into three loops; `nil` if the operands' repetition patterns need more.
  ///
  /// - Parameters:
  ///   - sizes: the sizes of the axes.
  ///   - operands: for each operand its stride along each axis, 0 where it repeats.
  ///   - trailing: so many last axes make up the inner loop on their own; 0 leaves that open.
  init?(sizes: [Int], operands: [[Int]], trailing: Int = 0) {
    let border = sizes.count - trailing
    let front = Self.folded(Array(sizes[..<border]), operands.map { Array($0[..<border]) })
    let back = Self.folded(Array(sizes[border...]), operands.map { Array($0[border...]) })
    var (loops, moves) =
      trailing == 0 ? front : (front.sizes + back.sizes, zip(front.moves, back.moves).map { $0 + $1 })
    if trailing > 0, back.sizes.count > 1 { return nil }
    if trailing > 0, back.sizes.isEmpty {
      loops.append(1)
      moves = moves.map { $0 + [0] }
    }
    guard loops.count <= 3 else { return nil }
    let missing = 3 - loops.count
    loops = Array(repeating: 1, count: missing) + loops
    moves = moves.map { Array(repeating: 0, count: missing) + $0 }
    guard moves.allSatisfy({ $0[2] == 0 || $0[2] == 1 }) else { return nil }
    (outer, middle, inner) = (loops[0], loops[1], loops[2])
    strides = moves.map { Strides(outer: $0[0], middle: $0[1], inner: $0[2]) }
  }

  /// Axes of size one dropped, and neighbours joined where every operand runs through both as through one.
  private static func folded(_ sizes: [Int], _ operands: [[Int]]) -> (sizes: [Int], moves: [[Int]]) {
    var folded: [Int] = []
    var moves = Array(repeating: [Int](), count: operands.count)
    for axis in sizes.indices where sizes[axis] > 1 {
      let last = folded.count - 1
      let joins = last >= 0 && operands.indices.allSatisfy { moves[$0][last] == operands[$0][axis] * sizes[axis] }
      if joins {
        folded[last] *= sizes[axis]
        for operand in operands.indices { moves[operand][last] = operands[operand][axis] }
      } else {
        folded.append(sizes[axis])
        for operand in operands.indices { moves[operand].append(operands[operand][axis]) }
      }
    }
    return (folded, moves)
  }
}

extension IterationSpace {
  /// The strides of a dense tensor with the sizes `own`, stretched along its axes of size one.
  static func strides(of own: [Int], stretchedTo sizes: [Int]) -> [Int] {
    var stride = 1
    return sizes.indices.reversed().map { axis in
      defer { stride *= own[axis] }
      return own[axis] == 1 ? 0 : stride
    }.reversed()
  }
}
