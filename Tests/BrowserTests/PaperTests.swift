import Testing

extension BrowserTests {
  /// A page on paper, and a page whose script may not run.
  @Suite struct PaperTests {
    let browser: Browser

    init() throws {
      browser = try InBrowser.browser
      try browser.resize(width: 1280)
    }

    @Test func `paper is white whatever the screen was, and has nothing to press`() throws {
      try browser.open("dpvae.html")
      try browser.show(.dark, onPaper: true)
      #expect(try browser.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)")
      let pressed: [String] = try browser.evaluate(
        "Array.from(document.querySelectorAll('nav, .theme, .filter, .enlarge, .anchor')).filter(each => each.checkVisibility()).map(each => each.className)"
      )
      #expect(pressed.isEmpty)
      try browser.show(.light)
    }

    @Test func `printing unfolds what is folded, and folds it again`() throws {
      try browser.open("dpvae.html")
      let folded = "document.querySelectorAll('main details:not(.filter):not([open])').length"
      let before: Int = try browser.evaluate(folded)
      try browser.run("window.dispatchEvent(new Event('beforeprint'))")
      let printed: Int = try browser.evaluate(folded)
      try browser.run("window.dispatchEvent(new Event('afterprint'))")
      #expect(before > 0 && printed == 0)
      #expect(try browser.evaluate(folded) == before)
    }

    @Test func `no table is cut at the edge of the paper`() throws {
      // A4 between its margins at 96 dots an inch.
      try browser.resize(width: 688, height: 1017)
      try browser.open("dpvae.html")
      try browser.show(.light, onPaper: true)
      try browser.run("window.dispatchEvent(new Event('beforeprint'))")
      let cut: [String] = try browser.evaluate(
        "Array.from(document.querySelectorAll('table')).filter(each => each.getBoundingClientRect().right > 689).map(each => each.id)"
      )
      #expect(cut.isEmpty)
      try browser.show(.light)
    }

    @Test func `without a script the page says all that it says with one`() throws {
      let words = "document.querySelector('main').textContent"
      try browser.open("dpvae.html")
      // What the script adds has no words of the report's.
      try browser.run("for (const each of document.querySelectorAll('.filter, .enlarge')) { each.remove(); }")
      let with: String = try browser.evaluate(words)
      try browser.allowScripts(false)
      try browser.open("dpvae.html")
      let without: String = try browser.evaluate(words)
      let buttons: Int = try browser.evaluate("document.querySelectorAll('button, input, dialog').length")
      let pictures: Int = try browser.evaluate("document.querySelectorAll('figure > :is(img, svg)').length")
      try browser.allowScripts(true)
      #expect(without == with && buttons == 0 && pictures == 20)
    }
  }
}
