import Foundation

extension String {
  /// Whether a message can have it in its line.
  fileprivate var isName: Bool {
    utf8.count <= 500 && unicodeScalars.allSatisfy { $0.properties.generalCategory != .control }
  }
}

/// The JSON object at a safetensors file's front.
struct SafetensorsHeader: Codable {
  var metadata: [String: String] = [:]
  var fields: [String: Field] = [:]

  /// What it says of one array.
  struct Field: Codable {
    let dtype: String
    let shape: [Int]
    /// From, and up to, counted from the end of the header.
    let dataOffsets: [Int]

    enum CodingKeys: String, CodingKey {
      case dtype, shape
      case dataOffsets = "data_offsets"
    }
  }

  /// By the format's names.
  static let formats: [String: NumberFormat] = [
    "BF16": .bfloat16, "BOOL": .bool, "F16": .float16, "F32": .float32, "F64": .float64, "I16": .int16, "I32": .int32,
    "I64": .int64, "I8": .int8, "U16": .uint16, "U32": .uint32, "U64": .uint64, "U8": .uint8,
  ]

  private static let metadataName = "__metadata__"

  private struct Name: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }

    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }

  init() {}

  /// - Throws: `SafetensorsError.malformed`.
  init(_ json: Data, path: String) throws(SafetensorsError) {
    do { self = try JSONDecoder().decode(Self.self, from: json) } catch {
      throw .malformed(path: path, reason: "its header is not JSON of names, types, shapes and byte ranges")
    }
    // Names stand in messages.
    guard fields.keys.allSatisfy(\.isName) else {
      throw .malformed(path: path, reason: "a name in its header is no line of at most 500 bytes")
    }
  }

  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Name.self)
    for name in container.allKeys {
      if name.stringValue == Self.metadataName {
        metadata = try container.decode([String: String].self, forKey: name)
      } else {
        fields[name.stringValue] = try container.decode(Field.self, forKey: name)
      }
    }
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Name.self)
    if !metadata.isEmpty { try container.encode(metadata, forKey: Name(stringValue: Self.metadataName)) }
    for (name, field) in fields { try container.encode(field, forKey: Name(stringValue: name)) }
  }
}
