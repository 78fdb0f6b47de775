import Testing

extension BrowserTests {
  /// Light and dark.
  @Suite struct ThemeTests {
    let browser: Browser

    init() throws {
      browser = try InBrowser.browser
      try browser.resize(width: 1280)
      try browser.show(.light)
      try browser.open("dpvae.html")
      try browser.run("localStorage.clear()")
      try browser.reload()
    }

    private func ground() throws -> String {
      try browser.evaluate("getComputedStyle(document.body).backgroundColor")
    }

    /// Opens the other page until it is dark: what one page stores reaches another page's process in the browser's own
    /// time.
    private func holdsOnIndex() throws -> Bool {
      try (1...50).contains { _ in
        try browser.open("index.html")
        return try ground() == Self.dark
      }
    }

    private static let (light, dark) = ("rgb(255, 255, 255)", "rgb(20, 23, 26)")

    @Test func `a page follows the reader's system until the reader chooses`() throws {
      #expect(try ground() == Self.light)
      try browser.show(.dark)
      #expect(try ground() == Self.dark)
      try browser.click(".theme")
      #expect(try ground() == Self.light)
      try browser.click(".theme")
      #expect(try ground() == Self.dark)
      try browser.show(.light)
      #expect(try ground() == Self.dark)
      try browser.click(".theme")
      #expect(try ground() == Self.light)
    }

    @Test func `the choice lasts and holds on other pages`() throws {
      try browser.click(".theme")
      try browser.click(".theme")
      #expect(try browser.evaluate("document.querySelector('.theme').textContent") == "Colours: dark")
      #expect(try holdsOnIndex())
      try browser.run("localStorage.clear()")
    }

    @Test func `drawings change with the page`() throws {
      let axis = "getComputedStyle(document.querySelector('.drawing text')).fill"
      let light: String = try browser.evaluate(axis)
      try browser.show(.dark)
      let dark: String = try browser.evaluate(axis)
      #expect(light != dark)
    }
  }
}
