import Testing

extension BrowserTests {
  /// Narrowing a page down to some datasets and methods.
  @Suite struct FilterTests {
    let browser: Browser

    init() throws {
      browser = try InBrowser.browser
      try browser.resize(width: 1280)
      try browser.open("dpvae.html")
    }

    private func open() throws { try browser.click(".filter summary") }
    private func choose(_ facet: String, _ value: String) throws {
      try browser.click(".filter input[name=\(facet)][value=\(value)]")
    }
    private func status() throws -> String {
      try browser.evaluate("document.querySelector('.filter [role=status]').textContent")
    }
    private func hash() throws -> String { try browser.evaluate("location.hash") }

    /// What rows and figures that are shown say of a facet; what says nothing of it is left out.
    private func shown(_ facet: String) throws -> Set<String> {
      let values: [String] = try browser.evaluate(
        "Array.from(document.querySelectorAll('main :is(tbody tr, figure)[data-\(facet)]:not([hidden])'), each => each.dataset.\(facet))"
      )
      return Set(values)
    }

    private func hiddenCount() throws -> Int {
      try browser.evaluate("document.querySelectorAll('main :is(tbody tr, figure)[hidden]').length")
    }

    @Test func `one dataset leaves what is about it and what is about none, and counts both`() throws {
      let all = try status()
      #expect(try shown("dataset") == ["mnist", "svhn", "two-moons"])
      try open()
      try choose("dataset", "mnist")
      #expect(try shown("dataset") == ["mnist"])
      let narrowed = try status()
      #expect(narrowed != all && narrowed.hasSuffix("figures"))
      let sums: [Int] = try browser.evaluate(
        "['main tbody tr:is([data-dataset], [data-method], [data-tier])', 'main figure'].flatMap(each => [document.querySelectorAll(each + ':not([hidden])').length, document.querySelectorAll(each).length])"
      )
      #expect(narrowed == "\(sums[0]) of \(sums[1]) rows, \(sums[2]) of \(sums[3]) figures")
    }

    @Test func `a method leaves its own columns, and the comparisons that it has a part in`() throws {
      try open()
      try choose("method", "dpvae")
      #expect(try shown("method") == ["dpvae", "dpvae vae", "vae dpvae"])
      let headings: [String] = try browser.evaluate(
        "Array.from(document.querySelectorAll('#scores-on-mnist th[scope=col]:not([hidden])'), each => each.textContent)"
      )
      #expect(headings == ["metric", "unit", "dpVAE"])
      let cells: [Int] = try browser.evaluate(
        "Array.from(document.querySelectorAll('#scores-on-mnist tbody tr'), row => row.querySelectorAll(':not([hidden]):is(th, td)').length)"
      )
      #expect(Set(cells) == [3])
    }

    @Test func `nothing is hidden without a word`() throws {
      try open()
      try choose("dataset", "svhn")
      let silent: Int = try browser.evaluate(
        "Array.from(document.querySelectorAll('main :is(.table, .figures)')).filter(each => each.querySelector('[hidden]')).filter(each => !each.textContent.startsWith('Filtered: ')).length"
      )
      #expect(try hiddenCount() > 10)
      #expect(silent == 0)
    }

    @Test func `the address keeps the filter, so that a link and a reload bring it back`() throws {
      try open()
      try choose("dataset", "mnist")
      try choose("method", "vae")
      #expect(try hash() == "#?dataset=mnist&method=vae")
      let before = try status()
      try browser.reload()
      #expect(try status() == before)
      try browser.open("dpvae.html", at: "scores?dataset=mnist&method=vae")
      #expect(try status() == before)
    }

    @Test func `a link within the page keeps the filter`() throws {
      try browser.open("dpvae.html", at: "?dataset=mnist")
      try browser.click("nav a[href='#scores']")
      #expect(try hash() == "#scores?dataset=mnist")
      #expect(try shown("dataset") == ["mnist"])
    }

    @Test func `all is shown again at a press`() throws {
      try browser.open("dpvae.html", at: "?dataset=mnist")
      try open()
      try browser.click(".choices button")
      #expect(try hiddenCount() == 0)
      #expect(try hash().isEmpty)
      #expect(try browser.evaluate("document.querySelectorAll('.narrowed').length") == 0)
    }

    @Test func `a page about one thing has no filter`() throws {
      try browser.open("index.html")
      #expect(try browser.evaluate("document.querySelectorAll('.filter').length") == 0)
    }
  }
}
