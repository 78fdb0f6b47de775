package import Comparison
package import Experiments

/// Rows of typed cells under headings.
package struct Table: Hashable, Sendable {
  package let caption: String
  /// The name of its place on a page; `nil` where its caption gives that.
  package let id: String?
  /// The tier of its numbers, stamped on the caption; `nil` where it holds none of ours.
  package let tier: Tier?
  package let columns: [Column]
  /// Headings over the columns' own, from left to right over all of them; none where columns stand for themselves.
  package let groups: [ColumnGroup]
  package var rows: [Row]
  /// Remarks below the table.
  package let notes: [Prose]

  package init(
    caption: String, id: String? = nil, tier: Tier?, columns: [Column], groups: [ColumnGroup] = [], rows: [Row],
    notes: [Prose] = []
  ) {
    for row in rows {
      precondition(row.cells.count == columns.count, "a row of '\(caption)' has not a cell for each column")
    }
    let grouped = groups.reduce(0) { $0 + $1.width }
    precondition(groups.isEmpty || grouped == columns.count, "the groups of '\(caption)' do not span its columns")
    self.caption = caption
    self.id = id
    self.tier = tier
    self.columns = columns
    self.groups = groups
    self.rows = rows
    self.notes = notes
  }
}

/// The heading of a column and what its cells hold.
package struct Column: Hashable, Sendable {
  package let heading: String
  package let kind: Kind
  package let topic: Topic

  package enum Kind: Hashable, Sendable {
    /// Names the row.
    case name
    case text
    case number
    /// A mean with its deviation and count, `1.26 ± 0.04 (5)`; four columns in CSV.
    case estimate
  }

  package init(_ heading: String, _ kind: Kind, about topic: Topic = .general) {
    self.heading = heading
    self.kind = kind
    self.topic = topic
  }
}

/// A heading over neighbouring columns; an empty one leaves the place above them free.
package struct ColumnGroup: Hashable, Sendable {
  package let heading: String
  /// How many columns it spans.
  package let width: Int
  package let topic: Topic

  package init(_ heading: String, width: Int, about topic: Topic = .general) {
    self.heading = heading
    self.width = width
    self.topic = topic
  }
}

/// The cells of a row, one for each column.
package struct Row: Hashable, Sendable {
  package let cells: [Cell]
  /// `faint` greys the row.
  package let tone: Tone
  package let topic: Topic

  package init(_ cells: [Cell], tone: Tone = .plain, about topic: Topic = .general) {
    self.cells = cells
    self.tone = tone
    self.topic = topic
  }
}

/// What stands in a row under a heading.
package indirect enum Cell: Hashable, Sendable {
  case text(Prose)
  /// The number, and how it is shown to people; CSV gives it with all its digits.
  case number(Double, shown: String)
  /// A mean over seeds; `1.26 ± 0.04 (4 of 5)` where seeds are missing, which the table's notes then name.
  case estimate(Estimate)
  /// The same, bold: the best of its column, significantly so.
  case best(Estimate)
  /// Two in one place, the second below and quieter, `faint` greyed; what sorts is the first.
  case stacked(Cell, below: Cell, tone: Tone)
  /// Why there is no number; never left out.
  case missing(String)
  /// Nothing belongs here.
  case blank
}
