import Reporting
import Testing

@Suite struct CSVTests {
  @Test func `a small table is these lines, an estimate four columns of them`() {
    let lines = [
      "name,score,mean,mean sd,mean n,mean remark,remark,tier", "one,-1.5,1.5,0.25,3,,fine,nightly",
      "two,diverged,1.0,,1,without seed 3 (failed),,nightly", "",
    ]
    #expect(CSV.render(Samples.table) == lines.joined(separator: "\r\n"))
  }

  @Test func `every text reads back as itself, behind an apostrophe where a spreadsheet would calculate it`() throws {
    let rows = Hostile.texts.map { Row([.text(Prose($0)), .missing($0)]) }
    let table = Table(
      caption: "t", tier: nil, columns: [Column("a,\"b\"", .name), Column("c", .text)], rows: rows)
    let records = PlainCSV.records(of: CSV.render(table))
    #expect(records.first == ["a,\"b\"", "c", "tier"])
    let expected = Hostile.texts.map { ["=", "-", "+", "@"].contains($0.prefix(1)) ? "'" + $0 : $0 }
    #expect(Array(records.dropFirst()) == expected.map { [$0, $0, ""] })
    #expect(expected.contains { $0.hasPrefix("'=") } && expected.contains { $0.hasPrefix("'-") })
  }

  @Test func `a negative number is no formula`() {
    let table = Table(
      caption: "t", tier: nil, columns: [Column("-a", .number)], rows: [Row([.number(-1.5, shown: "−1.5")])])
    #expect(PlainCSV.records(of: CSV.render(table)) == [["'-a", "tier"], ["-1.5", ""]])
  }

  @Test(arguments: [0.1, 1.0 / 3, -1e-300, 1.797693134862315e308, 123_456_789.123])
  func `a number keeps all its digits`(value: Double) throws {
    let table = Table(
      caption: "t", tier: nil, columns: [Column("a", .number)], rows: [Row([.number(value, shown: "short")])])
    let field = try #require(PlainCSV.records(of: CSV.render(table)).last?.first)
    #expect(Double(field) == value)
  }

  @Test func `every record has as many fields as the first`() {
    let counts = PlainCSV.records(of: CSV.render(Samples.table)).map(\.count)
    #expect(counts == [8, 8, 8])
  }
}

/// A reader of RFC 4180.
enum PlainCSV {
  static func records(of text: String) -> [[String]] {
    var (records, record, field, isQuoted) = ([[String]](), [String](), "", false)
    var scalars = Array(text.unicodeScalars)[...]
    while let scalar = scalars.popFirst() {
      switch scalar {
      case "\"" where isQuoted && scalars.first == "\"":
        field.append("\"")
        scalars.removeFirst()
      case "\"": isQuoted.toggle()
      case "," where !isQuoted:
        record.append(field)
        field = ""
      case "\r" where !isQuoted && scalars.first == "\n":
        scalars.removeFirst()
        records.append(record + [field])
        (record, field) = ([], "")
      default: field.unicodeScalars.append(scalar)
      }
    }
    return records
  }
}
