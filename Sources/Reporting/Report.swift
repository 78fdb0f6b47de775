package import Comparison
import Experiments
package import Foundation

/// A file of a report, by its path from the report's folder.
package struct ReportFile: Hashable, Sendable {
  package let path: String
  package let content: Data

  package init(path: String, content: Data) {
    self.path = path
    self.content = content
  }
}

/// The pages of papers and an index over them, in HTML and Markdown, with the pictures that Markdown points at.
///
/// HTML pages need no file beside them. The same findings and command give the same bytes.
/// - Parameter command: what a person types to make these files again; printed on each page.
/// - Throws: `ReportingError.picture` where a grid of images cannot be written.
package func report(_ findings: [Findings], command: String) throws -> [ReportFile] {
  let pages = try findings.map { each in
    Page(name: pageName(of: each, among: findings), document: try document(of: each, command: command))
  }
  let index = Page(name: "index", document: index(of: Array(zip(pages.map(\.name), findings)), command: command))
  return ([index] + pages).flatMap(\.files)
}

/// A paper's page: all sections of the catalog and how it was made.
package func document(of findings: Findings, command: String) throws -> Document {
  var blocks: [Block] = []
  for section in SectionCatalog.all {
    blocks.append(.heading(section.title, level: 2))
    blocks += try section.body(findings)
  }
  return Document(
    title: findings.paper.title, subtitle: Prose(findings.paper.source), tier: findings.tier,
    blocks: blocks + madeBy(command))
}

/// One page for each paper; where a paper is there at several tiers, one for each.
private func pageName(of findings: Findings, among all: [Findings]) -> String {
  let isAlone = all.filter { $0.paper.name == findings.paper.name }.count == 1
  return isAlone ? findings.paper.name : "\(findings.paper.name)-\(findings.tier.rawValue)"
}

func madeBy(_ command: String) -> [Block] {
  [
    .heading("How to make this page again", level: 2), .paragraph("From the same store, this gives the same bytes:"),
    .code(command),
  ]
}

/// A document under a name.
private struct Page {
  let name: String
  let document: Document

  /// Pages share a folder of pictures, so each names its own after itself.
  private var pictures: String { "figures/\(name)-" }

  var files: [ReportFile] {
    [
      ReportFile(path: name + ".html", content: Data(HTML.render(document, pictures: pictures).utf8)),
      ReportFile(path: name + ".md", content: Data(Markdown.render(document, pictures: pictures).utf8)),
    ] + document.pictures.map { ReportFile(path: pictures + $0.file, content: $0.fileContent) }
  }
}
