/// Looks at everything a run needs: machine, libraries, program, papers, store, data, weights, speed.
package struct Doctor {
  private let site: Site

  /// - Parameters: what the command line gave.
  package init(baselines: String?, store: String?, data: String?, places: Places = .here) {
    site = Site(
      baselines: Result { try places.baselines(baselines) }, store: places.store(store), data: places.data(data))
  }

  /// - Parameter isQuick: leaves out what takes seconds.
  package func findings(isQuick: Bool = false) -> [Finding] {
    Self.examinations.filter { !isQuick || !$0.takesSeconds }.flatMap { $0.findings(at: site) }
  }

  /// In the order in which they are told.
  private static let examinations: [any Examination] = [
    ProcessorExamination(),
    MemoryExamination(),
    LibraryExamination(),
    DiskExamination(),
    ProgramExamination(),
    PaperExamination(),
    StoreExamination(),
    DataExamination(),
    WeightExamination(),
    SpeedExamination(),
  ]
}

/// Where the program would work.
struct Site {
  /// The papers' folder, or why there is none.
  let baselines: Result<String, any Error>
  /// The store's file.
  let store: String
  /// The data directory.
  let data: String
}

/// One thing that is looked at.
protocol Examination: Sendable {
  var takesSeconds: Bool { get }
  func findings(at site: Site) -> [Finding]
}

extension Examination {
  var takesSeconds: Bool { false }

  /// Good with what a look tells, broken where it throws.
  func look(at subject: String, _ account: () throws -> String) -> Finding {
    do { return Finding(subject, .good, try account()) } catch { return Finding(subject, .broken, sentence(of: error)) }
  }
}
