internal import CKernels
import Tensors

/// Turns groups into steps over numbered buffers, and in the end into a plan with memory under them.
struct Planner {
  let survey: Survey
  let layouts: Layouts
  /// The threads that oneDNN's primitives may use.
  let threads: Int
  /// By its node, each gradient that the update computes for itself.
  let updatingProducts: [Int: GradientProduct]
  private let program: Program
  private let parameters: ParameterStore
  private var counts: [Int] = []
  private var places: [Int: Place] = [:]
  private var copies: [Copy: Int] = [:]
  private var external: [Int: UnsafeMutablePointer<Float>] = [:]
  private var lasting: Set<Int> = []
  private var instructions: [Instruction] = []
  /// Floating-point operations of the convolutions and products, by instruction.
  private var operations: [Int: Double] = [:]

  /// Where a node's value lies.
  private struct Place {
    let buffer: Int
    let layout: Layout
  }

  /// A node's value in another layout than its own.
  private struct Copy: Hashable {
    let node: Int
    let layout: Layout
  }

  /// A step to be: the buffers it touches, and how it is made once they have addresses.
  struct Instruction {
    let label: String
    let reads: [Int]
    let writes: [Int]
    /// Buffers that it needs for itself while it runs.
    var scratch: [Int] = []
    /// Floats that it moves beside those buffers.
    var others = 0
    /// Whether it only brings numbers into another order.
    var isRearrangement = false
    let make: (Memory) throws -> any Step
  }

  init(_ program: Program, survey: Survey, layouts: Layouts, parameters: ParameterStore, threads: Int) {
    self.program = program
    self.threads = threads
    self.survey = survey
    self.layouts = layouts
    self.parameters = parameters
    updatingProducts = survey.updatingProducts(of: program)
  }

  mutating func lower(_ group: Group) throws {
    guard updatingProducts[group.members[0]] == nil else { return }
    let first = instructions.count
    defer { count(survey.operations(of: group), doneSince: first, for: group) }
    switch group.kind {
    case .elementwise: try lowerElementwise(group.members)
    case .convolution: try lowerConvolution(group.members)
    case .product: try lowerMatmul(group.members)
    case .single:
      let operation = survey.operation(group.members[0])
      guard let lowerable = operation as? any Lowerable else {
        throw ExecutionError.unknown(operation: "\(type(of: operation))")
      }
      try lowerable.lower(group.members[0], in: &self)
    }
  }

  /// Puts a group's arithmetic down to its first step that is no rearrangement.
  private mutating func count(_ operations: Double, doneSince first: Int, for group: Group) {
    guard operations > 0, let step = instructions[first...].firstIndex(where: { !$0.isRearrangement }) else { return }
    self.operations[step] = operations
  }

  /// A buffer of the arena.
  mutating func newBuffer(_ count: Int) -> Int {
    counts.append(count)
    return counts.count - 1
  }

  /// The numbers in a buffer.
  func count(of buffer: Int) -> Int { counts[buffer] }

  /// The buffer that a node's value is to be written to, in the node's layout.
  mutating func define(_ node: Int, as layout: Layout? = nil) -> Int {
    let layout = layout ?? layouts[node]
    let buffer = newBuffer(layout.count(survey.shape(node)))
    places[node] = Place(buffer: buffer, layout: layout)
    return buffer
  }

  /// A node's value that its caller writes, or that others own, at an address that lasts.
  mutating func define(_ node: Int, at address: UnsafeMutablePointer<Float>) {
    external[define(node, as: .plain)] = address
  }

  /// Keeps a node's value in memory of its own, so that it is there before and after a run.
  mutating func keep(_ buffer: Int) { lasting.insert(buffer) }

  /// A node's value seen as another node's: the same numbers under another shape.
  mutating func alias(_ node: Int, to source: Int) {
    places[node] = Place(buffer: buffer(of: source, as: .plain), layout: .plain)
  }

  /// The buffer that holds a node's value in a layout, after a reordering if need be.
  mutating func buffer(of node: Int, as layout: Layout) -> Int {
    guard let place = places[node] else { preconditionFailure("node \(node) is read before it is computed") }
    if place.layout.isOrder(of: layout, survey.shape(node)) { return place.buffer }
    let copy = Copy(node: node, layout: layout)
    if let known = copies[copy] { return known }
    let target = newBuffer(layout.count(survey.shape(node)))
    copies[copy] = target
    emitReorder(from: place.buffer, place.layout, to: target, layout, shape: survey.shape(node))
    return target
  }

  mutating func emit(
    _ label: String, reads: [Int], writes: [Int], scratch: [Int] = [], others: Int = 0,
    operations: Double = 0, isRearrangement: Bool = false, make: @escaping (Memory) throws -> any Step
  ) {
    if operations > 0 { self.operations[instructions.count] = operations }
    instructions.append(
      Instruction(
        label: label, reads: reads, writes: writes, scratch: scratch, others: others, isRearrangement: isRearrangement,
        make: make))
  }

  /// Brings outputs into plain layout and appends the assignments and the update.
  mutating func finish() {
    for output in program.outputs { lasting.insert(buffer(of: output.tensor.index, as: .plain)) }
    let values = survey.graph.assignments.map { buffer(of: $0.value.index, as: .plain) }
    for (assignment, value) in zip(survey.graph.assignments, values) {
      let (state, count) = (buffer(of: assignment.state.index, as: .plain), assignment.state.shape.count)
      emit("assign \(assignment.state.shape)", reads: [value], writes: [state]) { memory in
        RowCopyStep(
          output: memory[state], input: memory[value], rows: 1, length: count, outputStride: count, inputStride: count)
      }
    }
    if let update = program.update { lower(update, in: parameters) }
  }

  func plan() throws -> Plan {
    let arena = Arena(counts: counts, instructions: instructions, excluding: lasting.union(external.keys))
    let own = lasting.subtracting(external.keys).sorted().map { (buffer: $0, count: counts[$0]) }
    let memory = Memory(arenaCount: arena.count, offsets: arena.offsets, lasting: own, external: external)
    let steps = try instructions.map { try $0.make(memory) }
    let outputs = program.outputs.map { output in
      (
        output.name,
        UnsafeBufferPointer(start: memory[bufferOfOutput(output.tensor.index)], count: output.tensor.shape.count)
      )
    }
    return Plan(
      memory: memory, parameters: parameters, steps: steps, listing: instructions.map(\.label), work: work,
      inputs: inputBuffers(memory), outputs: Dictionary(outputs, uniquingKeysWith: { first, _ in first }))
  }

  /// What each instruction does.
  private var work: [StepWork] {
    instructions.enumerated().map { index, instruction in
      let touched = Set(instruction.reads + instruction.writes).reduce(instruction.others) { $0 + counts[$1] }
      return StepWork(
        operations: operations[index] ?? 0, bytes: Double(touched * MemoryLayout<Float>.stride))
    }
  }

  /// Whether a node is a parameter whose values no run changes.
  func isFixed(_ node: Int) -> Bool { program.hasFixedParameters && survey.operation(node) is Parameter }

  /// The values of a parameter in the store.
  func values(of parameter: Parameter) -> UnsafeMutablePointer<Float> {
    guard let start = parameters.values(parameter.name).baseAddress else {
      preconditionFailure("parameter \(parameter.name) is empty")
    }
    return start
  }

  private func bufferOfOutput(_ node: Int) -> Int {
    guard let place = places[node] else { preconditionFailure("output \(node) was not computed") }
    return place.layout == .plain ? place.buffer : copies[Copy(node: node, layout: .plain)] ?? place.buffer
  }

  private func inputBuffers(_ memory: Memory) -> [String: UnsafeMutableBufferPointer<Float>] {
    var buffers: [String: UnsafeMutableBufferPointer<Float>] = [:]
    for (node, place) in places {
      guard let input = survey.operation(node) as? Input else { continue }
      buffers[input.name] = UnsafeMutableBufferPointer(start: memory[place.buffer], count: input.shape.count)
    }
    return buffers
  }
}

/// An operation that the planner turns into steps on its own.
protocol Lowerable: Operation {
  /// Emits the steps that compute the node.
  /// - Throws: `ExecutionError`.
  func lower(_ node: Int, in planner: inout Planner) throws
}
