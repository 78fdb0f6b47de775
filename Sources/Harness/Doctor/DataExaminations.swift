import Datasets
import Experiments
import Metrics

/// Each dataset: whether its files are there and right.
struct DataExamination: Examination {
  func findings(at site: Site) -> [Finding] {
    DatasetCatalog.all.map { finding($0.card, in: DataFolder(path: site.data)) }
  }

  private func finding(_ card: DatasetCard, in folder: DataFolder) -> Finding {
    guard !card.isSynthetic else { return Finding(card.name, .good, "made by the program itself") }
    do {
      let survey = try DatasetCatalog.examine(card.name, in: folder)
      let isWhole = (survey.trainCount, survey.testCount) == (card.trainCount, card.testCount)
      let hash = survey.digest.map { "converted, SHA-256 of the items \($0.prefix(12))…" } ?? "not converted yet"
      return Finding(
        card.name, isWhole ? .good : .limited,
        (["official files in \(folder.path), \(hash)"] + survey.remarks).joined(separator: "; "))
    } catch {
      return Finding(card.name, .limited, sentence(of: error))
    }
  }
}

/// The network of the Fréchet Inception distance.
struct WeightExamination: Examination {
  func findings(at site: Site) -> [Finding] {
    let name = InceptionPreparation.name
    do {
      guard let weights = try InceptionWeights.prepared(in: DataFolder(path: site.data)) else {
        return [
          Finding(name, .limited, "no weights, so no distance on Inception features: run 'assay prepare inception'")
        ]
      }
      return [
        Finding(
          name, weights.deepest == .logits ? .good : .limited,
          weights.account + (weights.deepest < .f2048 ? "; deeper ones need the weights of all layers" : ""))
      ]
    } catch {
      return [Finding(name, .limited, sentence(of: error))]
    }
  }
}
