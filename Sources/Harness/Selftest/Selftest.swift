import Methods

/// What one law found of one method.
package struct SelftestFinding: Codable, Sendable {
  package let method: String
  package let prior: String
  package let law: String
  package let statement: String
  package let holds: Bool
  package let account: String
}

/// The laws that every method has to obey, looked at one after another.
package struct Selftest {
  package private(set) var findings: [SelftestFinding] = []

  /// Whether every law held.
  package var holds: Bool { findings.allSatisfy(\.holds) }

  /// - Parameters:
  ///   - method: the one to look at; all if `nil`.
  ///   - progress: told of each specimen before it is looked at.
  /// - Throws: `SettingsError.unknownMethod`.
  package init(of method: String?, progress: (String) -> Void) throws {
    for specimen in try Specimen.all(of: method) {
      progress("\(specimen.card.name), prior \(specimen.priorName)")
      findings += LawCatalog.all.filter { $0.applies(to: specimen) }.map { Self.finding(of: $0, specimen) }
    }
  }

  /// What a law throws is a law that does not hold.
  private static func finding(of law: any Law, _ specimen: Specimen) -> SelftestFinding {
    let observation: Observation
    do { observation = try law.check(specimen) } catch { observation = Observation(holds: false, account: "\(error)") }
    return SelftestFinding(
      method: specimen.card.name, prior: specimen.priorName, law: law.name, statement: law.statement,
      holds: observation.holds, account: observation.account)
  }

  /// A row for each specimen, a column for each law: ✓ where it holds, ✗ where it does not, nothing where it says nothing.
  package var listing: Listing {
    var rows: [[String]] = []
    let marks = findings.reduce(into: [String: String]()) { marks, finding in
      let row = [finding.method, finding.prior]
      if rows.last != row { rows.append(row) }
      marks[(row + [finding.law]).joined(separator: "/")] = finding.holds ? "✓" : "✗"
    }
    let laws = LawCatalog.all.map(\.name)
    return Listing(
      columns: ["method", "prior"] + laws,
      rows: rows.map { row in row + laws.map { marks[(row + [$0]).joined(separator: "/")] ?? "" } })
  }
}
