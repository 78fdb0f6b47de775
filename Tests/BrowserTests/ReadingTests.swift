import Testing

extension BrowserTests {
  /// What every reader meets, whatever the eyes, the window and the light.
  @Suite struct ReadingTests {
    let browser: Browser

    init() throws {
      browser = try InBrowser.browser
      try browser.resize(width: 1280)
      try browser.show(.light)
    }

    @Test(arguments: ["index.html", "dpvae.html"])
    func `a page opens without a word in the console, and every picture is there`(page: String) throws {
      try browser.open(page)
      #expect(try browser.complaints().isEmpty)
      let widths: [Int] = try browser.evaluate(
        "Array.from(document.querySelectorAll('img'), picture => picture.complete ? picture.naturalWidth : 0)")
      #expect(widths.allSatisfy { $0 > 0 } && widths.count == (page == "index.html" ? 0 : 8))
    }

    @Test(arguments: ["index.html", "dpvae.html"], [360, 768, 1280])
    func `no window is so narrow that the page scrolls sideways`(page: String, width: Int) throws {
      try browser.resize(width: width)
      try browser.open(page)
      try browser.run("for (const fold of document.querySelectorAll('details')) { fold.open = true; }")
      let reach: [Int] = try browser.evaluate(
        "[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
      #expect(reach[0] == reach[1])
    }

    @Test(arguments: ["index.html", "dpvae.html"])
    func `headings begin with one title and skip no level`(page: String) throws {
      try browser.open(page)
      let levels: [Int] = try browser.evaluate(
        "Array.from(document.querySelectorAll('h1, h2, h3, h4, h5, h6'), heading => Number(heading.tagName[1]))")
      #expect(levels.first == 1 && levels.filter { $0 == 1 }.count == 1 && levels.count > 2)
      #expect(zip(levels, levels.dropFirst()).allSatisfy { $1 <= $0 + 1 })
    }

    @Test(arguments: ["index.html", "dpvae.html"])
    func `every picture and every control has a name`(page: String) throws {
      try browser.open(page)
      let named = [
        "button", "checkbox", "DisclosureTriangle", "graphics-document", "img", "image", "link", "region", "table",
      ]
      let nodes = try accessibleNodes().filter { named.contains($0.role?.value ?? "") }
      #expect(nodes.count > 10)
      for node in nodes { #expect(node.name?.value?.isEmpty == false, "a \(node.role?.value ?? "")") }
    }

    @Test(arguments: Browser.Theme.allCases, ["index.html", "dpvae.html"])
    func `all text stands out from its ground by 4_5 to 1`(theme: Browser.Theme, page: String) throws {
      try browser.show(theme)
      try browser.open(page)
      let faint: [String] = try browser.evaluate(Contrast.fainter(than: 4.5))
      #expect(faint.isEmpty)
    }

    /// A node of the tree that screen readers get; a name of another type than text counts as none.
    private struct Node: Decodable {
      struct Text: Decodable {
        let value: String?
        enum Key: CodingKey { case value }

        init(from decoder: any Decoder) throws {
          value = try? decoder.container(keyedBy: Key.self).decode(String.self, forKey: .value)
        }
      }

      let ignored: Bool
      let role: Text?
      let name: Text?
    }

    private func accessibleNodes() throws -> [Node] {
      struct Tree: Decodable { let nodes: [Node] }
      let tree: Tree = try browser.devtools("Accessibility.getFullAXTree")
      return tree.nodes.filter { !$0.ignored }
    }
  }
}
