import Experiments
import Foundation
import Store

struct PaperExamination: Examination {
  func findings(at site: Site) -> [Finding] {
    [
      look(at: "papers") {
        let folder = try site.baselines.get()
        let papers = try PaperCatalog(baselines: folder)
        return "\(papers.papers.count) with \(papers.experiments.count) experiments in \(folder)"
      }
    ]
  }
}

/// Whether the store is whole, and what of it was cut off.
struct StoreExamination: Examination {
  func findings(at site: Site) -> [Finding] {
    let path = site.store
    guard FileManager.default.fileExists(atPath: path) else {
      return [Finding("store", .good, "\(path) will be made by the first run")]
    }
    do { return [finding(try RunStore.read(path).health(), of: path)] } catch {
      return [Finding("store", .broken, sentence(of: error))]
    }
  }

  private func finding(_ health: StoreHealth, of path: String) -> Finding {
    if let damage = health.damage.first {
      let more = health.damage.count > 1 ? " and \(health.damage.count - 1) more" : ""
      return Finding("store", .broken, "\(path) is damaged (\(damage)\(more)); restore a copy, or export what is whole")
    }
    let runs = health.runs.map { "\($0.count) \($0.status.rawValue)" }.joined(separator: ", ")
    let account =
      "\(path) is whole, schema \(health.version), SQLite \(health.engine), runs: \(runs.isEmpty ? "none" : runs)"
    guard health.abandoned.isEmpty else {
      let count = health.abandoned.count
      return Finding("store", .limited, account + "; \(count) of them lost their worker: assay run takes them up again")
    }
    return Finding("store", .good, account)
  }
}
