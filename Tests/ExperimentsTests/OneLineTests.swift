import Experiments
import Testing

@Suite struct OneLineTests {
  @Test(arguments: [
    ("two\nlines", "two·lines"), ("\u{1B}[2J", "·[2J"), ("bell\u{7}\r\u{85}", "bell···"), ("a\u{2028}b", "a·b"),
    ("gpj\u{202E}.exe", "gpj·.exe"), ("βσ ± 🦊 é\u{301}", "βσ ± 🦊 é\u{301}"),
  ])
  func `a sign that a terminal obeys is shown as a dot, and any other as itself`(text: String, shown: String) {
    #expect(text.withoutCommands == shown)
    #expect(text.inOneLine == shown)
  }

  @Test func `of a text of any length the beginning and the end are shown`() {
    let shown = ("first" + String(repeating: "x", count: 1_000_000) + "last").inOneLine
    #expect(shown.count <= 2000)
    #expect(shown.hasPrefix("first") && shown.hasSuffix("last"))
  }
}
