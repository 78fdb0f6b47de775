import Comparison
import Experiments

/// The paper's figures, drawn again from what runs left; what is missing for one is named, with the command that makes it.
struct PaperFigures: Section {
  let title = "The paper's figures"

  func body(_ findings: Findings) throws -> [Block] {
    if findings.paper.figures.isEmpty {
      "No figure of this paper is written down."
    } else {
      "Drawn again from the runs of tier \(findings.tier.rawValue): every figure of the paper that can be made from measurements is here, or says what it lacks. A line is dashed where the prior is decoupled."
      for figure in findings.paper.figures { try blocks(figure, findings) }
      if findings.records.contains(where: \.run.isExternal) { ExternalRuns.pictures }
    }
  }

  private func blocks(_ figure: PaperFigure, _ findings: Findings) throws -> [Block] {
    let parts = try FigureKindCatalog.kind(of: figure).map { kind in
      try figure.datasets.flatMap { try kind.blocks(figure, on: $0, findings) }
    }
    return [
      .heading("\(figure.source): \(figure.title)", level: 3, id: Anchors.slug(figure.id)),
      .paragraph(Prose(figure.note)),
    ] + (parts ?? []) + FigureGaps(of: figure, in: findings).notes
  }
}
