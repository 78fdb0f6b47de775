import CKernels
import COneDNN
import Datasets
import Experiments
import Foundation
import Metrics
import Store

/// One thing that was looked at, and what to do where it is not right.
package struct Finding: Codable, Sendable, Equatable {
  package let subject: String
  package let state: State
  package let account: String

  package enum State: String, Codable, Sendable {
    /// Works.
    case good
    /// Something cannot be done with it, but the program runs.
    case limited
    /// Nothing can be run.
    case broken
  }
}

/// Looks at everything a run needs: machine, libraries, papers, store, data, weights.
package struct Doctor {
  private let places: Places
  private let options: (baselines: String?, store: String?, data: String?)

  /// - Parameters: what the command line gave.
  package init(baselines: String?, store: String?, data: String?, places: Places = .here) {
    self.places = places
    options = (baselines, store, data)
  }

  package func findings() -> [Finding] {
    [processor, memory, libraries, papers, store] + datasets + [inception]
  }

  private var processor: Finding {
    let set = String(cString: kernel_instruction_set())
    let account = "\(Machine.processor), \(Machine.cores) cores, kernels for \(set)"
    return Machine.processorFlags.contains("avx2")
      ? Finding(subject: "processor", state: .good, account: account)
      : Finding(
        subject: "processor", state: .limited, account: account + "; without AVX2 it will be slow, use a newer machine")
  }

  private var memory: Finding {
    let gigabytes = Double(ProcessInfo.processInfo.physicalMemory) / 1e9
    let needed = Double(Machine.cores) * 0.6
    let account = String(format: "%.1f GB", gigabytes)
    return gigabytes >= needed
      ? Finding(subject: "memory", state: .good, account: account)
      : Finding(
        subject: "memory", state: .limited,
        account: account + String(format: "; a worker may take 0.6 GB: use --jobs %.0f", max(1, gigabytes / 0.6)))
  }

  private var libraries: Finding {
    let versions = Provenance.libraries.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
    return Finding(subject: "libraries", state: .good, account: versions.joined(separator: ", "))
  }

  private var papers: Finding {
    examine("papers") {
      let folder = try places.baselines(options.baselines)
      let papers = try PaperCatalog(baselines: folder)
      return "\(papers.papers.count) with \(papers.experiments.count) experiments in \(folder)"
    }
  }

  private var store: Finding {
    examine("store") {
      let path = places.store(options.store)
      guard FileManager.default.fileExists(atPath: path) else { return "\(path) will be made by the first run" }
      let store = try RunStore.read(path)
      let done = try store.runs().filter { $0.status == .done }.count
      return "\(path), \(done) runs done, SQLite \(try store.engineVersion())"
    }
  }

  private var datasets: [Finding] {
    let folder = DataFolder(path: places.data(options.data))
    return DatasetCatalog.all.map { recipe in
      let card = recipe.card
      guard !card.isSynthetic else {
        return Finding(subject: card.name, state: .good, account: "made by the program itself")
      }
      do {
        let survey = try DatasetCatalog.examine(card.name, in: folder)
        let isWhole = (survey.trainCount, survey.testCount) == (card.trainCount, card.testCount)
        return Finding(
          subject: card.name, state: isWhole ? .good : .limited,
          account: (["official files in \(folder.path)"] + survey.remarks).joined(separator: "; "))
      } catch {
        return Finding(subject: card.name, state: .limited, account: sentence(of: error))
      }
    }
  }

  private var inception: Finding {
    let folder = DataFolder(path: places.data(options.data))
    do {
      guard let weights = try InceptionWeights.prepared(in: folder) else {
        return Finding(
          subject: InceptionPreparation.name, state: .limited,
          account: "no weights, so no distance on Inception features: run 'assay prepare inception'")
      }
      return Finding(
        subject: InceptionPreparation.name, state: weights.deepest == .logits ? .good : .limited,
        account: weights.account + (weights.deepest < .f2048 ? "; deeper ones need the weights of all layers" : ""))
    } catch {
      return Finding(subject: InceptionPreparation.name, state: .limited, account: sentence(of: error))
    }
  }

  private func examine(_ subject: String, _ look: () throws -> String) -> Finding {
    do { return Finding(subject: subject, state: .good, account: try look()) } catch {
      return Finding(subject: subject, state: .broken, account: sentence(of: error))
    }
  }
}
