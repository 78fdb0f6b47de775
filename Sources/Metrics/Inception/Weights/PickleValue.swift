/// What the restricted pickle machine can construct.
enum PickleValue {
  case nothing
  case truth(Bool)
  case number(Int)
  case real(Double)
  case text(String)
  case tuple(PickleTuple)
  case list(PickleContainer)
  /// A dictionary, ordered or not.
  case dictionary(PickleContainer)
  /// A name that stands for a function or a type; there are no others than these.
  case global(PickleGlobal)
  case storage(TorchStorage)
  case tensor(TorchTensor)

  /// How deep values are nested in it.
  var depth: Int {
    switch self {
    case .tuple(let tuple): tuple.depth
    case .list(let container), .dictionary(let container): container.depth
    default: 1
    }
  }

  var number: Int? { if case .number(let number) = self { number } else { nil } }

  var text: String? { if case .text(let text) = self { text } else { nil } }

  /// The whole numbers of a tuple or list; `nil` if it holds anything else.
  var numbers: [Int]? {
    let values: [PickleValue]
    switch self {
    case .tuple(let tuple): values = tuple.values
    case .list(let container): values = container.values
    default: return nil
    }
    let numbers = values.compactMap(\.number)
    return numbers.count == values.count ? numbers : nil
  }
}

/// A tuple, whose depth is counted once: values that share others would take forever to be counted through.
struct PickleTuple {
  let values: [PickleValue]
  let depth: Int

  init(_ values: [PickleValue]) {
    self.values = values
    depth = 1 + (values.map(\.depth).max() ?? 0)
  }
}

/// A list or a dictionary while it is filled. Once it lies in another value it is whole and changes no more, so that
/// there are no cycles, and no nesting deeper than has been counted.
final class PickleContainer {
  private(set) var values: [PickleValue] = []
  /// Of a dictionary: one for each value.
  private(set) var keys: [PickleValue] = []
  private(set) var depth = 1
  private(set) var isWhole = false

  func append(_ value: PickleValue) {
    values.append(value)
    depth = max(depth, 1 + value.depth)
  }

  func append(_ key: PickleValue, _ value: PickleValue) {
    keys.append(key)
    depth = max(depth, 1 + key.depth)
    append(value)
  }

  func close() { isWhole = true }
}

/// The functions and types that a file of tensors names.
enum PickleGlobal: String, CaseIterable {
  case orderedDictionary = "collections OrderedDict"
  case rebuildTensor = "torch._utils _rebuild_tensor"
  case rebuildTensor2 = "torch._utils _rebuild_tensor_v2"
  case rebuildParameter = "torch._utils _rebuild_parameter"
  case bfloat16 = "torch BFloat16Storage"
  case bool = "torch BoolStorage"
  case float16 = "torch HalfStorage"
  case float32 = "torch FloatStorage"
  case float64 = "torch DoubleStorage"
  case int16 = "torch ShortStorage"
  case int32 = "torch IntStorage"
  case int64 = "torch LongStorage"
  case int8 = "torch CharStorage"
  case uint8 = "torch ByteStorage"
}
