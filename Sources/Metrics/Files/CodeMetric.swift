package import Experiments
package import Tensors

/// A metric that needs nothing but a code of each item, so that it can be measured on codes that another program made.
package protocol CodeMetric: Metric {
  /// What is measured on codes where nobody says what.
  var idsOfCodes: [MetricID] { get }

  /// The number for codes `[n, L]` beside the prior N(0, I).
  /// - Parameter streams: seed → "evaluate", below which a metric has the streams that it has in a run of that seed.
  /// - Precondition: the card has accepted the id's arguments.
  /// - Throws: as `measure(_:on:)`.
  func measure(_ id: MetricID, of codes: Matrix, by streams: Generator) throws -> Measurement
}

extension MetricCatalog {
  /// The metrics that can be measured on codes alone.
  package static var ofCodes: [any CodeMetric] { all.compactMap { $0 as? any CodeMetric } }
}

/// Measures metrics on codes that another program made, one of each item; draws of the prior are those of a run of this
/// seed.
/// - Parameter metrics: names of `MetricCatalog.ofCodes`.
package func measure(_ metrics: [MetricID], ofCodes codes: Matrix, seed: UInt64) -> [Score] {
  let streams = Generator(seed: seed).split("evaluate")
  return metrics.map { id in
    let metric = MetricCatalog.ofCodes.first { $0.card.name == id.name }
    return Score(of: id, card: metric?.card) {
      guard let metric else { throw MetricError.notApplicable("\(id) is not measured on codes alone") }
      try metric.card.check(id)
      return try metric.measure(id, of: codes, by: streams)
    }
  }
}

extension CodeDiscrepancy: CodeMetric {
  package var idsOfCodes: [MetricID] { [MetricID(card.name, ["space": "z"])] }

  package func measure(_ id: MetricID, of codes: Matrix, by streams: Generator) throws -> Measurement {
    let value = multiquadricDiscrepancy(codes, normals(like: codes, streams.split("normal codes")))
    return Measurement(value: value, count: codes.rows, settings: ["n": "\(codes.rows)", "ref": "given"])
  }
}

extension NeighbourDivergence: CodeMetric {
  package var idsOfCodes: [MetricID] { [MetricID(card.name, ["space": "z0"])] }

  package func measure(_ id: MetricID, of codes: Matrix, by streams: Generator) throws -> Measurement {
    guard id["space"] == "z0" else {
      throw MetricError.notApplicable("codes of files are compared with N(0, I), which is space=z0")
    }
    let divergence = try SymmetricDivergence(normals(like: codes, streams.split(card.name).split("prior")), codes)
    return Measurement(
      value: divergence.value, count: codes.rows, settings: ["n": "\(codes.rows)"], remark: divergence.remark)
  }
}

extension Spectrum: CodeMetric {
  package var idsOfCodes: [MetricID] { [MetricID(card.name, ["space": "z"])] }

  package func measure(_ id: MetricID, of codes: Matrix, by streams: Generator) throws -> Measurement {
    guard codes.columns <= 4096 else {
      throw MetricError.notApplicable(
        "a spectrum of \(codes.columns) dimensions takes too much memory; 4096 are the most")
    }
    let normal = try scaledSingularValues(of: normals(like: codes, streams.split("normal codes")))
    return Measurement(
      value: departure(try scaledSingularValues(of: codes)), count: codes.rows,
      settings: ["n": "\(codes.rows)", "ref": "given"],
      remark: "independent normal numbers have \(Numerals.significant(departure(normal)))")
  }
}

/// Independent standard normal numbers in a matrix of the same size.
private func normals(like codes: Matrix, _ generator: Generator) -> Matrix {
  Matrix(rows: codes.rows, columns: codes.columns, values: generator.normals(codes.rows * codes.columns))
}

extension Score {
  /// The score of an id: what measuring it gives, or why that gives nothing.
  init(of id: MetricID, card: MetricCard?, _ measure: () throws -> Measurement) {
    let (unit, direction) = (card?.unit ?? "", card?.direction ?? .neither)
    do {
      let measurement = try measure()
      self.init(
        metric: (card?.completed(id) ?? id).with(measurement.settings), value: measurement.value,
        standardError: measurement.standardError, unit: unit, direction: direction, count: measurement.count,
        remark: measurement.remark)
    } catch MetricError.notApplicable(let reason) {
      self.init(missing: id, unit: unit, direction: direction, status: .notApplicable, reason: reason)
    } catch {
      self.init(missing: id, unit: unit, direction: direction, status: .failed, reason: "\(error)")
    }
  }
}
