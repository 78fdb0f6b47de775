internal import CKernels

/// The trained numbers of a model in flat aligned buffers, with a named slice for each parameter.
///
/// Values, and Adam's two moments beside them; slices start on 64-byte borders, and the gaps stay zero. Every program
/// compiled against the same store sees the same numbers. The order of the slices is the order of `add`.
package final class ParameterStore {
  /// Every parameter held, in the order in which they were added.
  package private(set) var slices: [Slice] = []
  private var indexByName: [String: Int] = [:]
  private var regions: [Region] = []

  /// The name and shape of a parameter, and where its numbers lie.
  package struct Slice: Sendable {
    package let name: String
    package let shape: Shape
    let region: Int
    let offset: Int
  }

  package init() {}

  /// Makes room for those parameters of a graph that the store does not hold yet, and gives them their first values.
  ///
  /// - Precondition: a parameter already held has the same shape.
  package func add(parametersOf graph: Graph, seed: UInt64) {
    let missing = graph.parameters.filter { !holds(Self.leaf($0)) }
    guard !missing.isEmpty else { return }
    let region = Region(count: missing.map { Self.padded($0.shape.count) }.reduce(0, +))
    regions.append(region)
    var offset = 0
    for tensor in missing {
      let leaf = Self.leaf(tensor)
      indexByName[leaf.name] = slices.count
      slices.append(Slice(name: leaf.name, shape: leaf.shape, region: regions.count - 1, offset: offset))
      leaf.initializer.fill(values(leaf.name), name: leaf.name, seed: seed)
      offset += Self.padded(leaf.shape.count)
    }
  }

  private func holds(_ leaf: Parameter) -> Bool {
    guard let known = slice(leaf.name) else { return false }
    precondition(known.shape == leaf.shape, "\(leaf.name) is \(known.shape) in the store, asked for as \(leaf.shape)")
    return true
  }

  /// The slice of that name, `nil` where the store holds none.
  package func slice(_ name: String) -> Slice? { indexByName[name].map { slices[$0] } }

  /// The trained values of a parameter.
  package func values(_ name: String) -> UnsafeMutableBufferPointer<Float> { buffer(name) { $0.values } }

  /// Adam's running mean of the gradient.
  package func firstMoment(_ name: String) -> UnsafeMutableBufferPointer<Float> { buffer(name) { $0.firstMoment } }

  /// Adam's running mean of the squared gradient.
  package func secondMoment(_ name: String) -> UnsafeMutableBufferPointer<Float> { buffer(name) { $0.secondMoment } }

  private func buffer(
    _ name: String, _ part: (Region) -> UnsafeMutablePointer<Float>
  ) -> UnsafeMutableBufferPointer<Float> {
    guard let index = indexByName[name] else { preconditionFailure("the store has no parameter named \(name)") }
    let slice = slices[index]
    return UnsafeMutableBufferPointer(start: part(regions[slice.region]) + slice.offset, count: slice.shape.count)
  }

  private static func padded(_ count: Int) -> Int { (count + 15) / 16 * 16 }

  private static func leaf(_ tensor: Tensor) -> Parameter {
    guard let leaf = tensor.node.operation as? Parameter else {
      preconditionFailure("\(tensor.node.operation) is no parameter")
    }
    return leaf
  }
}

/// Memory for one batch of parameters, and for their moments from when these are first asked for; zero at first.
private final class Region {
  let values: UnsafeMutablePointer<Float>
  private(set) lazy var firstMoment = moment()
  private(set) lazy var secondMoment = moment()
  private let count: Int
  private var moments: [UnsafeMutablePointer<Float>] = []

  init(count: Int) {
    self.count = count
    values = .alignedZeros(count)
  }

  private func moment() -> UnsafeMutablePointer<Float> {
    moments.append(.alignedZeros(count))
    return moments[moments.count - 1]
  }

  deinit {
    for pointer in moments + [values] { UnsafeMutableRawPointer(pointer).deallocate() }
  }
}

extension UnsafeMutablePointer<Float> {
  /// The size of a huge page: larger buffers start on its border and lie on such pages, which spares address look-ups.
  private static var hugePage: Int { 2 << 20 }

  /// `count` zeros on a 64-byte border; free it as a raw pointer.
  package static func alignedZeros(_ count: Int) -> Self {
    let bytes = max(count, 1) * MemoryLayout<Float>.stride
    let isLarge = bytes >= hugePage
    let memory = UnsafeMutableRawPointer.allocate(byteCount: bytes, alignment: isLarge ? hugePage : 64)
    guard isLarge else { return memory.initializeMemory(as: Float.self, repeating: 0, count: max(count, 1)) }
    kernel_zero_pages(memory, bytes)
    return memory.bindMemory(to: Float.self, capacity: count)
  }
}
