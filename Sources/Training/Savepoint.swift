import Experiments
import Foundation
import Tensors

/// All that a training needs to go on from an iteration, as it lies in a file: its state, the parameters, Adam's moments of
/// those that it trains, and the weights of the best candidate so far.
///
/// A safetensors file, whose metadata hold the state and whom it belongs to as JSON, and the SHA-256 of all of these and
/// of every array's name, shape and numbers.
struct Savepoint {
  let state: TrainingState
  private let file: SafetensorsFile

  private static let (values, firstMoment, secondMoment, best) = ("values/", "first-moment/", "second-moment/", "best/")

  /// - Parameters:
  ///   - owner: what the file must have been written for.
  /// - Throws: `SavepointError`.
  init(reading path: String, owner: [String: String]) throws(SavepointError) {
    do throws(SafetensorsError) { file = try SafetensorsFile(reading: path) } catch { throw .damaged("\(error)") }
    guard file.metadata["sha256"] == file.contentDigest else { throw .damaged("its content is not what was written") }
    do {
      let written = try JSONDecoder().decode([String: String].self, from: Data((file.metadata["owner"] ?? "").utf8))
      state = try JSONDecoder().decode(TrainingState.self, from: Data((file.metadata["state"] ?? "").utf8))
      let keys = Set(owner.keys).union(written.keys).sorted()
      if let other = keys.first(where: { owner[$0] != written[$0] }) { throw SavepointError.foreign(other) }
      guard state.isPossible else { throw SavepointError.damaged("no training is in such a state") }
    } catch let error as SavepointError {
      throw error
    } catch {
      throw .damaged("its state cannot be read")
    }
  }

  /// - Parameter trained: the parameters that have moments.
  /// - Throws: `SafetensorsError.unwritable`.
  static func write(
    _ state: TrainingState, _ parameters: ParameterStore, trained: [String], owner: [String: String], to path: String
  ) throws {
    let arrays = arrays(state, parameters, trained: trained)
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    var metadata = [
      "owner": String(decoding: try encoder.encode(owner), as: UTF8.self),
      "state": String(decoding: try encoder.encode(state), as: UTF8.self),
    ]
    metadata["sha256"] = digest(metadata, arrays)
    try SafetensorsFile.write(arrays, metadata: metadata, to: path)
  }

  private static func arrays(
    _ state: TrainingState, _ parameters: ParameterStore, trained: [String]
  ) -> [any NamedFloats] {
    let slices = parameters.slices
    let trained = Set(trained)
    let array = { (prefix: String, slice: ParameterStore.Slice, values: UnsafeMutableBufferPointer<Float>) in
      SliceFloats(name: prefix + slice.name, shape: slice.shape.dimensions, values: UnsafeBufferPointer(values))
    }
    let moments = slices.filter { trained.contains($0.name) }.flatMap { slice in
      [
        array(firstMoment, slice, parameters.firstMoment(slice.name)),
        array(secondMoment, slice, parameters.secondMoment(slice.name)),
      ]
    }
    let candidate = zip(slices, state.candidates?.bestWeights ?? []).map { slice, weights in
      NamedArray(name: best + slice.name, shape: slice.shape.dimensions, values: weights)
    }
    return slices.map { array(values, $0, parameters.values($0.name)) } + moments + candidate
  }

  /// Puts what belongs to parameters that the store holds into it.
  /// - Returns: the state, with the weights of its candidate.
  /// - Throws: `SavepointError.damaged` where an array has not its parameter's shape.
  func restore(to parameters: ParameterStore) throws(SavepointError) -> TrainingState {
    var state = state
    state.candidates?.bestWeights = []
    for slice in parameters.slices {
      if let numbers = try floats(Self.values, slice) {
        _ = parameters.values(slice.name).update(fromContentsOf: numbers)
      }
      if let numbers = try floats(Self.firstMoment, slice) {
        _ = parameters.firstMoment(slice.name).update(fromContentsOf: numbers)
      }
      if let numbers = try floats(Self.secondMoment, slice) {
        _ = parameters.secondMoment(slice.name).update(fromContentsOf: numbers)
      }
      if let numbers = try floats(Self.best, slice) { state.candidates?.bestWeights.append(numbers) }
    }
    guard [0, parameters.slices.count].contains(state.candidates?.bestWeights.count ?? 0) else {
      throw .damaged("it lacks weights of its best candidate")
    }
    return state
  }

  /// The array of a parameter; `nil` where there is none.
  private func floats(_ prefix: String, _ slice: ParameterStore.Slice) throws(SavepointError) -> [Float]? {
    guard let entry = file[prefix + slice.name] else { return nil }
    guard entry.shape == slice.shape.dimensions else { throw .damaged("\(entry.name) has another shape") }
    return file.floats(entry)
  }
}

/// Why a savepoint is of no use.
enum SavepointError: Error, CustomStringConvertible {
  case damaged(String)
  /// It was written under another value of this.
  case foreign(String)

  var description: String {
    switch self {
    case .damaged(let reason): "is damaged: \(reason)"
    case .foreign(let what): "belongs to other work, its \(what) differs"
    }
  }
}

/// A parameter's numbers where they lie.
private struct SliceFloats: NamedFloats {
  let name: String
  let shape: [Int]
  let values: UnsafeBufferPointer<Float>

  func withFloats<Result>(_ body: (UnsafeBufferPointer<Float>) throws -> Result) rethrows -> Result {
    try body(values)
  }
}

private func digest(_ metadata: [String: String], _ arrays: [any NamedFloats]) -> String {
  var digest = Digest()
  digest.update(metadata)
  for array in arrays.sorted(by: { $0.name < $1.name }) {
    digest.update("\(array.name) \(array.shape)")
    array.withFloats { digest.update(UnsafeRawBufferPointer($0)) }
  }
  return digest.hexadecimal()
}

extension SafetensorsFile {
  /// The digest that the file says it has, computed anew.
  var contentDigest: String {
    var digest = Digest()
    digest.update(metadata)
    for entry in entries {
      digest.update("\(entry.name) \(entry.shape)")
      floats(entry).withUnsafeBytes { digest.update($0) }
    }
    return digest.hexadecimal()
  }
}

extension Digest {
  fileprivate mutating func update(_ metadata: [String: String]) {
    for key in ["owner", "state"] { update("\(key) \(metadata[key] ?? "")") }
  }

  fileprivate mutating func update(_ line: String) { Array("\(line)\n".utf8).withUnsafeBytes { update($0) } }
}
