import Testing

extension BrowserTests {
  /// Sorting by a column.
  @Suite struct TableTests {
    let browser: Browser

    init() throws {
      browser = try InBrowser.browser
      try browser.resize(width: 1280)
      try browser.open("dpvae.html", at: "runs")
    }

    /// The table of runs and its column of wall times, which a run that did not finish has none of.
    private static let table = "#runs"
    private let heading = "\(table) th:nth-child(5)"

    private func times() throws -> [String] {
      try browser.evaluate(
        "Array.from(document.querySelectorAll('\(Self.table) tbody tr'), row => row.cells[4].dataset.value || row.cells[4].textContent)"
      )
    }

    private func order() throws -> String? {
      try browser.evaluate("document.querySelector('\(heading)').getAttribute('aria-sort')")
    }

    /// The texts as numbers; words are `nil`.
    private func numbers(_ texts: [String]) -> [Double?] { texts.map { Double($0) } }

    @Test func `a click sorts upwards, another downwards, and what is missing stays last`() throws {
      let before = try times()
      #expect(try order() == "none")
      try browser.click("\(heading) button")
      let rising = try times()
      #expect(try order() == "ascending")
      try browser.click("\(heading) button")
      let falling = try times()
      #expect(try order() == "descending")

      let values = numbers(before).compactMap { $0 }
      #expect(values.count >= 2 && values != values.sorted() && before.count > values.count)
      let missing = [Double?](repeating: nil, count: before.count - values.count)
      #expect(numbers(rising) == values.sorted() + missing)
      #expect(numbers(falling) == values.sorted(by: >) + missing)
    }

    @Test(arguments: [Browser.Key.enter, .space])
    func `a key sorts as a click does, and another column forgets the first`(key: Browser.Key) throws {
      try browser.run("document.querySelector('\(heading) button').focus()")
      try browser.press(key)
      #expect(try order() == "ascending")
      try browser.press(.tab)
      try browser.press(key)
      #expect(try order() == "none")
    }

    @Test func `sorting loses no row and parts no row from its cells`() throws {
      let script = "Array.from(document.querySelectorAll('\(Self.table) tbody tr'), row => row.textContent)"
      let before: [String] = try browser.evaluate(script)
      try browser.click("\(Self.table) th:nth-child(2) button")
      let after: [String] = try browser.evaluate(script)
      #expect(before.sorted() == after.sorted())
    }
  }
}
