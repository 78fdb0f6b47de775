import Experiments
import Foundation
import GRDB

extension Run {
  /// Reads a row of `run`.
  ///
  /// - Throws: `StoreError.damaged` if the row contradicts itself.
  init(row: Row, path: String) throws {
    let id: String = try row.value("id")
    guard let experiment = ExperimentID(try row.value("experiment")), let tier = Tier(rawValue: try row.value("tier")),
      let status = RunStatus(rawValue: try row.value("status"))
    else { throw StoreError.damaged(path: path, what: "the run \(id) cannot be read") }
    let configuration: Experiments.Configuration = try decoded(try row.value("configuration"), of: id, path: path)
    self.init(experiment: experiment, tier: tier, seed: try row.value("seed"), configuration: configuration)
    guard self.id == id, try configurationHash == row.value("configuration_hash") else {
      throw StoreError.damaged(path: path, what: "the settings of the run \(id) are not those it was made with")
    }
    self.status = status
    reason = try row.value("reason")
    attempts = try row.value("attempts")
    started = try row.value("started")
    seconds = try row.value("seconds")
    processorSeconds = try row.value("processor_seconds")
    peakMemory = try row.value("peak_memory")
    weightsHash = try row.value("weights_hash")
    provenance = try (row.value("provenance") as String?).map { try decoded($0, of: id, path: path) }
  }
}

extension Score {
  /// Reads a row of `score`.
  init(row: Row, path: String) throws {
    let metric: String = try row.value("metric")
    guard let id = MetricID(metric), let direction = Direction(rawValue: try row.value("direction")),
      let status = Status(rawValue: try row.value("status"))
    else {
      throw StoreError.damaged(path: path, what: "the score \(metric) of the run \(try row.value("run") as String)")
    }
    guard let value = try row.value("value") as Double? else {
      self.init(
        missing: id, unit: try row.value("unit"), direction: direction, status: status, reason: try row.value("reason"))
      return
    }
    self.init(
      metric: id, value: value, standardError: try row.value("standard_error"), unit: try row.value("unit"),
      direction: direction, count: try row.value("count"), remark: try row.value("reason"))
  }
}

extension Artefact {
  /// Reads a row of `artefact`.
  init(row: Row, path: String) throws {
    let name: String = try row.value("name")
    guard let artefact = Artefact(name: name, kind: try row.value("kind"), bytes: try row.value("content")) else {
      throw StoreError.damaged(path: path, what: "the picture \(name) of the run \(try row.value("run") as String)")
    }
    self = artefact
  }
}

extension RunEvent {
  /// Reads a row of `event`.
  init(row: Row) throws { self.init(time: try row.value("time"), what: try row.value("what")) }
}

extension CurvePoint {
  /// Reads a row of `curve_point`.
  init(row: Row) throws {
    self.init(
      name: try row.value("name"), iteration: try row.value("iteration"), value: try row.value("value"))
  }
}

/// JSON with sorted keys, so that equal values are equal text.
func encoded(_ value: some Encodable) throws -> String {
  let encoder = JSONEncoder()
  encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
  return String(decoding: try encoder.encode(value), as: UTF8.self)
}

private func decoded<Value: Decodable>(_ text: String, of run: String, path: String) throws -> Value {
  do { return try JSONDecoder().decode(Value.self, from: Data(text.utf8)) } catch {
    let part = Value.self == Provenance.self ? "provenance" : "settings"
    throw StoreError.damaged(path: path, what: "the \(part) of the run \(run) are not in a form this program knows")
  }
}
