import Experiments
import Foundation
import GRDB

extension Run {
  /// Reads a row of `run`.
  ///
  /// - Throws: `StoreError.damaged` if the row contradicts itself.
  init(row: Row, path: String) throws {
    let id: String = row["id"]
    guard let experiment = ExperimentID(row["experiment"] as String), let tier = Tier(rawValue: row["tier"]),
      let status = RunStatus(rawValue: row["status"])
    else { throw StoreError.damaged(path: path, what: "the run \(id) cannot be read") }
    let configuration: Experiments.Configuration = try decoded(row["configuration"], of: id, path: path)
    self.init(experiment: experiment, tier: tier, seed: row["seed"], configuration: configuration)
    guard self.id == id, configurationHash == row["configuration_hash"] else {
      throw StoreError.damaged(path: path, what: "the settings of the run \(id) are not those it was made with")
    }
    self.status = status
    reason = row["reason"]
    attempts = row["attempts"]
    started = row["started"]
    seconds = row["seconds"]
    processorSeconds = row["processor_seconds"]
    peakMemory = row["peak_memory"]
    weightsHash = row["weights_hash"]
    provenance = try (row["provenance"] as String?).map { try decoded($0, of: id, path: path) }
  }
}

extension Score {
  /// Reads a row of `score`.
  init(row: Row, path: String) throws {
    let metric: String = row["metric"]
    guard let id = MetricID(metric), let direction = Direction(rawValue: row["direction"]),
      let status = Status(rawValue: row["status"])
    else { throw StoreError.damaged(path: path, what: "the score \(metric) of the run \(row["run"] as String)") }
    guard let value = row["value"] as Double? else {
      self.init(
        missing: id, unit: row["unit"], direction: direction, status: status, reason: row["reason"])
      return
    }
    self.init(
      metric: id, value: value, standardError: row["standard_error"], unit: row["unit"], direction: direction,
      count: row["count"], remark: row["reason"])
  }
}

extension RunEvent {
  /// Reads a row of `event`.
  init(row: Row) { self.init(time: row["time"], what: row["what"]) }
}

extension CurvePoint {
  init(row: Row) { self.init(name: row["name"], iteration: row["iteration"], value: row["value"]) }
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
