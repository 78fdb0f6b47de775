import Testing

extension BrowserTests {
  /// Pictures as large as the window.
  @Suite struct LightboxTests {
    let browser: Browser

    init() throws {
      browser = try InBrowser.browser
      try browser.resize(width: 1280)
      try browser.open("dpvae.html")
    }

    private func focus(_ index: Int) throws {
      try browser.run("document.querySelectorAll('.enlarge')[\(index)].focus()")
    }
    private func isOpen() throws -> Bool {
      try browser.evaluate("document.querySelector('.lightbox').open")
    }
    private func count() throws -> String {
      try browser.evaluate("document.querySelector('.count').textContent")
    }
    private func figures() throws -> Int {
      try browser.evaluate("document.querySelectorAll('figure').length")
    }

    @Test func `Enter opens a picture, Escape closes it, and the focus is where it was`() throws {
      try focus(1)
      try browser.press(.enter)
      #expect(try isOpen())
      #expect(try count() == "2 of \(figures())")
      let names: [String] = try browser.evaluate(
        "[document.querySelector('.lightbox p').textContent, document.querySelectorAll('figcaption')[1].textContent]")
      #expect(names[0] == names[1])
      try browser.press(.escape)
      #expect(try !isOpen())
      #expect(try browser.evaluate("document.activeElement === document.querySelectorAll('.enlarge')[1]"))
    }

    @Test func `arrows lead from the first picture to the last and no further, and the focus goes along`() throws {
      let last = try figures() - 1
      try focus(0)
      try browser.press(.enter)
      try browser.press(.arrowLeft)
      #expect(try count() == "1 of \(last + 1)")
      for _ in 0...last { try browser.press(.arrowRight) }
      #expect(try count() == "\(last + 1) of \(last + 1)")
      try browser.press(.escape)
      #expect(try browser.evaluate("document.activeElement === document.querySelectorAll('.enlarge')[\(last)]"))
    }

    @Test(arguments: ["img", "svg"])
    func `a picture fills the window whole, and adds no id twice`(kind: String) throws {
      let index: Int = try browser.evaluate(
        "Array.from(document.querySelectorAll('figure')).findIndex(each => each.querySelector('\(kind)'))")
      try focus(index)
      try browser.press(.enter)
      let box: [Double] = try browser.evaluate(
        "(function () { const box = document.querySelector('.stage > *').getBoundingClientRect(); return [box.left, box.top, box.right, box.bottom]; })()"
      )
      #expect(box[0] >= 0 && box[1] >= 0 && box[2] <= 1280 && box[3] <= 800)
      #expect(box[2] - box[0] > 1000 && box[3] - box[1] > 600)
      let doubled: Int = try browser.evaluate(
        "(function () { const ids = Array.from(document.querySelectorAll('[id]'), each => each.id); return ids.length - new Set(ids).size; })()"
      )
      #expect(doubled == 0)
    }

    @Test func `what the filter hides is passed over`() throws {
      try browser.open("dpvae.html", at: "?dataset=two-moons")
      let left: Int = try browser.evaluate("document.querySelectorAll('figure:not([hidden])').length")
      try browser.run("document.querySelector('figure:not([hidden]) .enlarge').focus()")
      try browser.press(.enter)
      #expect(try count() == "1 of \(left)")
      #expect(try left < figures())
    }
  }
}
