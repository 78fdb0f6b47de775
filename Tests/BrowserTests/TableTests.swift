import Testing

extension BrowserTests {
  /// Sorting by a column.
  @Suite struct TableTests {
    let browser: Browser

    init() throws {
      browser = try InBrowser.browser
      try browser.resize(width: 1280)
      try browser.open("dpvae.html")
    }

    /// The table of claims and its column of effects, where one claim is not run and so has none.
    private static let table = "#verdicts ~ .table"
    private let heading = "\(table) th:nth-child(3)"

    private func effects() throws -> [String] {
      try browser.evaluate(
        "Array.from(document.querySelectorAll('\(Self.table) tbody tr'), row => row.cells[2].textContent)")
    }

    private func order() throws -> String? {
      try browser.evaluate("document.querySelector('\(heading)').getAttribute('aria-sort')")
    }

    /// Texts as numbers; words are `nil`.
    private func numbers(_ texts: [String]) -> [Double?] { texts.map { Double($0.replacing("−", with: "-")) } }

    @Test func `a click sorts upwards, another downwards, and what is missing stays last`() throws {
      let before = try effects()
      #expect(try order() == "none")
      try browser.click("\(heading) button")
      let rising = try effects()
      #expect(try order() == "ascending")
      try browser.click("\(heading) button")
      let falling = try effects()
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
