import Testing

extension BrowserTests {
  /// Links to places on a page.
  @Suite struct PlaceTests {
    let browser: Browser

    init() throws {
      browser = try InBrowser.browser
      try browser.resize(width: 1280)
    }

    /// Whether the middle of an element's first line is in the window.
    private func isInView(_ id: String) throws -> Bool {
      try browser.evaluate(
        "(function () { const top = document.getElementById('\(id)').getBoundingClientRect().top; return top >= -1 && top < window.innerHeight; })()"
      )
    }

    private static let folded = "document.querySelector('main details:not(.filter) table').id"

    @Test func `a page opened at a folded place unfolds it`() throws {
      try browser.open("dpvae.html")
      let id: String = try browser.evaluate(Self.folded)
      #expect(try !browser.evaluate("document.getElementById('\(id)').closest('details').open"))
      try browser.open("dpvae.html", at: id)
      #expect(try browser.evaluate("document.getElementById('\(id)').closest('details').open"))
      #expect(try isInView(id))
    }

    @Test func `a place behind a filter is shown, and the filter goes`() throws {
      try browser.open("dpvae.html")
      let id: String = try browser.evaluate("document.querySelector('figure[data-dataset=two-moons]').id")
      try browser.open("dpvae.html", at: "\(id)?dataset=mnist")
      #expect(try isInView(id))
      #expect(try browser.evaluate("location.hash") == "#\(id)")
    }

    @Test func `the link beside a heading leads to it and leaves its address`() throws {
      try browser.open("dpvae.html")
      try browser.click("#environment .anchor")
      #expect(try browser.evaluate("location.hash") == "#environment")
      #expect(try isInView("environment"))
      #expect(try browser.evaluate("document.activeElement.id") == "environment")
    }

    @Test func `every link within a page leads somewhere`() throws {
      for page in ["index.html", "dpvae.html"] {
        try browser.open(page)
        let lost: [String] = try browser.evaluate(
          "Array.from(document.querySelectorAll('a[href^=\"#\"]'), link => link.hash.slice(1)).filter(id => !document.getElementById(id))"
        )
        #expect(lost.isEmpty)
      }
    }

    @Test func `the first press of the tab key offers to skip to the content`() throws {
      try browser.open("dpvae.html")
      try browser.press(.tab)
      #expect(try browser.evaluate("document.activeElement.textContent") == "Skip to the content")
      try browser.press(.enter)
      #expect(try browser.evaluate("document.activeElement.id") == "content")
    }
  }
}
