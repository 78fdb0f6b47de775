import Comparison
import Experiments
import Foundation
import Reporting

/// Small documents that renderers are tried on.
enum Samples {
  static let table = Table(
    caption: "Numbers", tier: .nightly,
    columns: [Column("name", .name), Column("score", .number), Column("mean", .estimate), Column("remark", .text)],
    rows: [
      Row([
        .text("one"), .number(-1.5, shown: "−1.5"), .estimate(estimate([1.25, 1.5, 1.75])),
        .text("fine"),
      ]),
      Row(
        [
          .text("two"), .missing("diverged"),
          .estimate(estimate([1], missing: [.init(seed: 3, status: "failed", reason: "a reason")])), .blank,
        ], tone: .faint),
    ], notes: ["A \(code: "note")."])

  /// A heading over two columns, and a row whose cells have two lines.
  static let grouped = Table(
    caption: "Both", tier: nil, columns: [Column("name", .name), Column("FID", .estimate), Column("sKL", .estimate)],
    groups: [ColumnGroup("", width: 1), ColumnGroup("MNIST", width: 2)],
    rows: [
      Row([
        .stacked(.text("one"), below: .text("published"), tone: .plain),
        .stacked(.best(estimate([1.25, 1.5, 1.75])), below: .number(1.25, shown: "1.25"), tone: .faint),
        .stacked(.missing("failed [1]"), below: .missing("blank"), tone: .plain),
      ])
    ])

  static let document = Document(
    title: "A title", subtitle: "Who and where", tier: .nightly,
    blocks: [
      .heading("First", level: 2),
      .paragraph("Some \(strong: "words") and a \(link: "link", to: "https://example.org")."),
      .table(table), .heading("Second", level: 2), .list(["one", "two"]), .code("assay report 'a b'"),
      .note("Mind this.", .doubtful), .details("more", [.paragraph("hidden")]),
      .definitions([Definition("term", "meaning")]),
    ])

  static func estimate(_ values: [Double], missing: [Estimate.Missing] = []) -> Estimate {
    Estimate(
      values: values.enumerated().map {
        .init(seed: $0.offset, run: "run", metric: MetricID("mse"), value: $0.element)
      },
      missing: missing)
  }

  /// Two sections of one name, one with the name of the page's own anchor, and figures.
  static let twins = Document(
    title: "Twins",
    blocks: [
      .heading("Same", level: 2), .paragraph("a"), .heading("Same", level: 2), .paragraph("b"),
      .heading("Content", level: 2), .figures([picture("figure-a"), picture("figure-b")]),
    ])

  static func picture(_ name: String, _ words: Prose = "A caption.", alternative: String = "A dot") -> Figure {
    Figure(name: name, alternative: alternative, caption: words, content: .png(Data(name.utf8), width: 20))
  }

  /// The text in every place where a text can stand.
  static func document(around text: String) -> Document {
    let prose = Prose(text)
    return Document(
      title: text, subtitle: "\(prose).", tier: .smoke,
      blocks: [
        .heading("Section", level: 2), .heading(text, level: 3), .paragraph(prose), .list([prose, "\(code: text)"]),
        .definitions([Definition(prose, prose)]), .note(prose, .bad), .code(text), .details(prose, [.paragraph(prose)]),
        .table(
          Table(
            caption: text, tier: .smoke, columns: [Column(text, .name), Column("other", .text)],
            rows: [
              Row([.text(prose), .text(prose)]), Row([.text("\(code: text)"), .text("\(badge: text, .good)")]),
              Row([.text("\(strong: text)"), .missing(text)], tone: .faint),
            ], notes: [prose])),
        .figures([picture("one", prose, alternative: text), picture("two", prose, alternative: text)]),
      ])
  }
}
