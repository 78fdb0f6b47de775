internal import CKernels
import Tensors

extension Planner {
  /// Emits a group of elementwise operations and sums as one pass, or as several where registers run out.
  mutating func lowerElementwise(_ members: [Int]) throws {
    guard let fused = FusedProgram(members, survey: survey) else {
      precondition(members.count > 1, "a single operation does not fit into the registers")
      try lowerElementwise(Array(members[..<(members.count / 2)]))
      try lowerElementwise(Array(members[(members.count / 2)...]))
      return
    }
    let pass = FusedPass(members, survey: survey, layouts: layouts)
    let reads = fused.operands.map { operand in reading(operand, in: pass) }
    let (space, sources) = space(of: fused.operands, reads: reads, in: pass)
    let buffers = zip(fused.operands, sources).map { operand, source in source ?? define(operand.node) }
    let writes = zip(fused.operands, buffers).filter { !$0.0.isRead }.map(\.1)
    let instructions = fused.instructions
    emit(
      "fused \(members.count) over \(pass.shape)",
      reads: zip(fused.operands, buffers).filter(\.0.isRead).map(\.1), writes: writes
    ) { memory in
      FusedStep(instructions: instructions, space: space, bases: buffers.map { memory[$0] })
    }
  }

  /// The buffer of what is read, `nil` for what is written.
  private mutating func reading(_ operand: FusedProgram.Operand, in pass: FusedPass) -> Int? {
    guard case .read(let node) = operand else { return nil }
    return buffer(of: node, as: pass.isRepeated(node) ? .plain : pass.layout)
  }

  /// The loops of the pass; where they are too many, repeated operands are written out first.
  private mutating func space(
    of operands: [FusedProgram.Operand], reads: [Int?], in pass: FusedPass
  ) -> (IterationSpace, [Int?]) {
    let strides = operands.map(pass.strides)
    if let known = strides.allPresent(),
      let space = IterationSpace(sizes: pass.sizes, operands: known, trailing: pass.trailing)
    {
      return (space, reads)
    }
    let dense = zip(operands, reads).map { operand, buffer in
      operand.isRead && pass.isRepeated(operand.node) ? stretched(operand.node, in: pass) : buffer
    }
    let full = zip(operands, strides).map { $0.isRead ? pass.denseStrides : $1 ?? pass.denseStrides }
    guard let space = IterationSpace(sizes: pass.sizes, operands: full, trailing: pass.trailing) else {
      preconditionFailure("a pass over dense operands has at most two loops")
    }
    return (space, dense)
  }

  /// A repeated operand written out in the layout of the pass.
  private mutating func stretched(_ node: Int, in pass: FusedPass) -> Int {
    let source = buffer(of: node, as: .plain)
    let target = newBuffer(pass.shape.count)
    let sizes = pass.shape.dimensions
    let strides = IterationSpace.strides(of: survey.shape(node).padded(to: sizes.count), stretchedTo: sizes)
    emit("stretch \(survey.shape(node)) to \(pass.shape)", reads: [source], writes: [target]) { memory in
      StridedCopyStep(output: memory[target], input: memory[source], sizes: sizes, strides: strides)
    }
    guard pass.layout != .plain else { return target }
    let reordered = newBuffer(pass.shape.count)
    emitReorder(from: target, .plain, to: reordered, pass.layout, shape: pass.shape)
    return reordered
  }
}

/// The shape and layout that the members of a fused pass share.
struct FusedPass {
  let shape: Shape
  let layout: Layout
  /// So many last axes are summed over by the members' partial sums.
  let trailing: Int
  private let survey: Survey

  init(_ members: [Int], survey: Survey, layouts: Layouts) {
    self.survey = survey
    let sums = members.filter { survey.operation($0) is Sum }
    let representative = members.first { !sums.contains($0) } ?? survey.inputs(members[0])[0]
    let shape = survey.shape(representative)
    self.shape = shape
    layout = layouts[representative]
    trailing =
      sums.lazy.compactMap { survey.operation($0) as? Sum }.first { !$0.isTotal(rank: shape.rank) }?.axes.count ?? 0
  }

  /// The axes walked over; a tensor that is not plain is one long axis.
  var sizes: [Int] {
    switch layout {
    case .plain, .padded: shape.dimensions
    case .blocked: [shape[0], shape[1] / 16, shape[2] * shape[3], 16]
    case .channelsLast: [shape[0], shape[2] * shape[3], shape[1]]
    }
  }

  var denseStrides: [Int] { IterationSpace.strides(of: sizes, stretchedTo: sizes) }

  func isRepeated(_ node: Int) -> Bool { survey.shape(node) != shape }

  /// The strides of an operand along the axes walked over; `nil` if it has to be written out first.
  func strides(_ operand: FusedProgram.Operand) -> [Int]? {
    switch operand {
    case .write: denseStrides
    case .sum(let node): survey.shape(node).count == 1 ? sizes.map { _ in 0 } : partialStrides
    case .read(let node): isRepeated(node) ? repeatedStrides(survey.shape(node)) : denseStrides
    }
  }

  /// A partial sum is dense over the axes that are left.
  private var partialStrides: [Int] {
    let kept = sizes.count - trailing
    let left = Array(sizes[..<kept])
    return IterationSpace.strides(of: left, stretchedTo: left) + Array(repeating: 0, count: trailing)
  }

  private func repeatedStrides(_ own: Shape) -> [Int]? {
    if own.count == 1 { return sizes.map { _ in 0 } }
    guard layout == .plain else { return nil }
    return IterationSpace.strides(of: own.padded(to: shape.rank), stretchedTo: shape.dimensions)
  }
}

extension Array {
  /// The elements where none is missing, else `nil`.
  fileprivate func allPresent<Wrapped>() -> [Wrapped]? where Element == Wrapped? {
    let present = compactMap { $0 }
    return present.count == count ? present : nil
  }
}

extension FusedProgram.Operand {
  var node: Int {
    switch self {
    case .read(let node), .write(let node), .sum(let node): node
    }
  }

  var isRead: Bool {
    guard case .read = self else { return false }
    return true
  }
}
