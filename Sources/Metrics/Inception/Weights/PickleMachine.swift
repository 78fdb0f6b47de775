import Foundation
import Tensors

/// Reads Python's pickles as far as files of tensors need it: it constructs numbers, strings, tuples, lists,
/// dictionaries and descriptions of tensors. It calls nothing: a name that is none of `PickleGlobal` is refused, and so
/// is every operation that such files do not use.
///
/// Source: CPython, `Lib/pickletools.py` (what each operation does), protocol 2; PyTorch, `torch/serialization.py` and
/// `torch/_utils.py` (persistent ids and what rebuilds a tensor).
struct PickleMachine {
  private var cursor: ByteCursor
  private var stack: [PickleValue] = []
  /// Where the stack was at each mark.
  private var marks: [Int] = []
  private var memo: [Int: PickleValue] = [:]

  /// A few times what a file of this network needs; memory and nesting are bounded by them.
  private static let (mostBytes, mostValues, deepest) = (2 << 20, 1 << 16, 32)

  /// The value that the pickle at the cursor makes; the cursor is left behind it.
  /// - Throws: `WeightsError.malformed`.
  static func value(_ cursor: inout ByteCursor) throws(WeightsError) -> PickleValue {
    var machine = PickleMachine(cursor: cursor)
    let value = try machine.run()
    cursor = machine.cursor
    return value
  }

  private init(cursor: ByteCursor) { self.cursor = cursor }

  private mutating func run() throws(WeightsError) -> PickleValue {
    let start = cursor.rest.startIndex
    while true {
      let code = try cursor.byte()
      if code == UInt8(ascii: ".") { return try pop() }
      try step(code)
      guard cursor.rest.startIndex - start <= Self.mostBytes, stack.count <= Self.mostValues else {
        throw cursor.fault("has a pickle larger than any of weights")
      }
    }
  }

  private mutating func step(_ code: UInt8) throws(WeightsError) {
    switch UnicodeScalar(code) {
    case "(": marks.append(stack.count)
    case "c": try push(try global())
    case "R": try reduce()
    case "Q": try push(.storage(try storage(try pop())))
    case "b": try build()
    case "\u{80}": try version()
    case "q", "r", "h", "j": try remember(code)
    case ")", "t", "\u{85}", "\u{86}", "\u{87}": try tuple(code)
    case "}", "s", "u": try dictionary(code)
    case "]", "a", "e": try list(code)
    default: try literal(code)
    }
  }
}

// MARK: - Literals and names

extension PickleMachine {
  private mutating func literal(_ code: UInt8) throws(WeightsError) {
    switch UnicodeScalar(code) {
    case "N": try push(.nothing)
    case "\u{88}": try push(.truth(true))
    case "\u{89}": try push(.truth(false))
    case "K": try push(.number(Int(try cursor.byte())))
    case "M": try push(.number(Int(try cursor.number(bytes: 2))))
    case "J": try push(.number(Int(Int32(truncatingIfNeeded: try cursor.number(bytes: 4)))))
    case "\u{8a}": try push(.number(try long()))
    case "G": try push(.real(Double(bitPattern: try cursor.number(bytes: 8).byteSwapped)))
    case "U": try push(.text(try text(digits: 1)))
    case "X", "T": try push(.text(try text(digits: 4)))
    default:
      throw cursor.fault("has the pickle operation 0x\(String(code, radix: 16)), which no file of tensors needs")
    }
  }

  private mutating func version() throws(WeightsError) {
    let version = try cursor.byte()
    guard version == 2 else { throw cursor.fault("is a pickle of protocol \(version), and 2 is read") }
  }

  /// A two's complement of so many bytes.
  private mutating func long() throws(WeightsError) -> Int {
    let count = Int(try cursor.byte())
    guard count <= 8 else { throw cursor.fault("has a whole number of \(count) bytes") }
    guard count > 0 else { return 0 }
    let unused = 64 - 8 * count
    return Int(Int64(bitPattern: try cursor.number(bytes: count) << UInt64(unused)) >> Int64(unused))
  }

  private mutating func text(digits: Int) throws(WeightsError) -> String {
    String(decoding: try cursor.take(Int(try cursor.number(bytes: digits))), as: UTF8.self)
  }

  /// A module and a name, a line each.
  private mutating func global() throws(WeightsError) -> PickleValue {
    let module = String(decoding: try cursor.line(), as: UTF8.self)
    let name = module + " " + String(decoding: try cursor.line(), as: UTF8.self)
    guard let global = PickleGlobal(rawValue: name) else {
      throw cursor.fault("asks for '\(name.prefix(80))', which is no part of a tensor")
    }
    return .global(global)
  }
}

// MARK: - Stack and memory

extension PickleMachine {
  private mutating func push(_ value: PickleValue) throws(WeightsError) {
    guard value.depth <= Self.deepest else { throw cursor.fault("has values nested deeper than \(Self.deepest)") }
    stack.append(value)
  }

  private mutating func pop() throws(WeightsError) -> PickleValue {
    guard stack.count > marks.last ?? 0, let value = stack.popLast() else {
      throw cursor.fault("is a pickle that takes more than it made")
    }
    return value
  }

  /// The values above the last mark.
  private mutating func popMarked() throws(WeightsError) -> [PickleValue] {
    guard let mark = marks.popLast(), mark <= stack.count else {
      throw cursor.fault("is a pickle that looks for a mark it did not make")
    }
    defer { stack.removeSubrange(mark...) }
    return Array(stack[mark...])
  }

  private mutating func remember(_ code: UInt8) throws(WeightsError) {
    let isLong = "rj".unicodeScalars.contains(UnicodeScalar(code))
    let place = Int(try cursor.number(bytes: isLong ? 4 : 1))
    if "qr".unicodeScalars.contains(UnicodeScalar(code)) {
      guard let value = stack.last, memo.count < Self.mostValues else {
        throw cursor.fault("is a pickle that remembers what it has not, or too much")
      }
      memo[place] = value
    } else {
      guard let value = memo[place] else { throw cursor.fault("is a pickle that recalls what it did not remember") }
      try push(value)
    }
  }

  /// What goes into another value changes no more.
  private func close(_ values: [PickleValue]) {
    for value in values {
      switch value {
      case .list(let container), .dictionary(let container): container.close()
      default: break
      }
    }
  }
}

// MARK: - Values of values

extension PickleMachine {
  private mutating func tuple(_ code: UInt8) throws(WeightsError) {
    var values: [PickleValue] = []
    if code == UInt8(ascii: "t") {
      values = try popMarked()
    } else if code != UInt8(ascii: ")") {
      // 0x85, 0x86, 0x87: of one, two, three.
      for _ in 0x85...code { values.insert(try pop(), at: 0) }
    }
    close(values)
    try push(.tuple(PickleTuple(values)))
  }

  private mutating func list(_ code: UInt8) throws(WeightsError) {
    if code == UInt8(ascii: "]") { return try push(.list(PickleContainer())) }
    let values = code == UInt8(ascii: "e") ? try popMarked() : [try pop()]
    // Closed first, so that nothing is put into itself.
    close(values)
    guard case .list(let container) = stack.last, !container.isWhole else {
      throw cursor.fault("is a pickle that appends to what is no list, or to one that is in use")
    }
    for value in values { container.append(value) }
    try check(container)
  }

  private mutating func dictionary(_ code: UInt8) throws(WeightsError) {
    if code == UInt8(ascii: "}") { return try push(.dictionary(PickleContainer())) }
    var values: [PickleValue] = []
    if code == UInt8(ascii: "u") {
      values = try popMarked()
    } else {
      values = [try pop()]
      values.insert(try pop(), at: 0)
    }
    close(values)
    guard case .dictionary(let container) = stack.last, !container.isWhole, values.count % 2 == 0 else {
      throw cursor.fault("is a pickle that puts items into what is no dictionary, or into one that is in use")
    }
    for place in stride(from: 0, to: values.count, by: 2) { container.append(values[place], values[place + 1]) }
    try check(container)
  }

  private func check(_ container: PickleContainer) throws(WeightsError) {
    guard container.depth <= Self.deepest else { throw cursor.fault("has values nested deeper than \(Self.deepest)") }
  }

  /// Gives a dictionary attributes, which are passed over.
  private mutating func build() throws(WeightsError) {
    _ = try pop()
    guard case .dictionary = stack.last else { throw cursor.fault("is a pickle that gives a state to no dictionary") }
  }

  /// Calls a function of `PickleGlobal`: that is, describes what it would make.
  private mutating func reduce() throws(WeightsError) {
    guard case .tuple(let tuple) = try pop(), case .global(let global) = try pop() else {
      throw cursor.fault("is a pickle that calls what is no function")
    }
    let arguments = tuple.values
    switch global {
    case .orderedDictionary where arguments.isEmpty: try push(.dictionary(PickleContainer()))
    case .rebuildParameter:
      guard case .tensor(let tensor) = arguments.first else { throw cursor.fault("has a parameter that is no tensor") }
      try push(.tensor(tensor))
    case .rebuildTensor, .rebuildTensor2: try push(.tensor(try tensor(arguments)))
    default: throw cursor.fault("calls '\(global.rawValue)' in a way that no file of tensors does")
    }
  }

  /// From storage, offset, shape and strides; what follows says how it was trained.
  private func tensor(_ arguments: [PickleValue]) throws(WeightsError) -> TorchTensor {
    guard arguments.count >= 4, case .storage(let storage) = arguments[0], let offset = arguments[1].number,
      let shape = arguments[2].numbers, let strides = arguments[3].numbers,
      let tensor = TorchTensor(storage, offset: offset, shape: shape, strides: strides)
    else { throw cursor.fault("has a tensor that does not lie in its storage") }
    return tensor
  }

  /// From the persistent id `('storage', type, key, device, count)`, behind which older files have a view of `None`.
  private func storage(_ id: PickleValue) throws(WeightsError) -> TorchStorage {
    guard case .tuple(let tuple) = id, case let parts = tuple.values, parts.count >= 5, parts[0].text == "storage",
      case .global(let global) = parts[1], let format = NumberFormat(global), let key = parts[2].text,
      let count = parts[4].number,
      count >= 0, count <= Int.max / 16
    else { throw cursor.fault("has a persistent id that is no storage") }
    if parts.count > 5 {
      guard case .nothing = parts[5] else {
        throw cursor.fault("has a storage that is a view of another; save it again")
      }
    }
    return TorchStorage(key: key, format: format, count: count)
  }
}

extension NumberFormat {
  /// The numbers of a type of storage.
  fileprivate init?(_ global: PickleGlobal) {
    switch global {
    case .bfloat16: self = .bfloat16
    case .bool: self = .bool
    case .float16: self = .float16
    case .float32: self = .float32
    case .float64: self = .float64
    case .int16: self = .int16
    case .int32: self = .int32
    case .int64: self = .int64
    case .int8: self = .int8
    case .uint8: self = .uint8
    case .orderedDictionary, .rebuildTensor, .rebuildTensor2, .rebuildParameter: return nil
    }
  }
}
