/// Names for places on a page: lower-case words with hyphens, each given once.
struct Anchors {
  private var taken: Set<String>

  /// - Parameter names: what is on the page already.
  init(taken names: some Sequence<String> = []) { taken = Set(names).union(["content"]) }

  /// The text as a name, numbered where that name is taken.
  mutating func anchor(for text: String) -> String {
    let word = Anchors.slug(text)
    var (name, times) = (word, 1)
    while !taken.insert(name).inserted {
      times += 1
      name = "\(word)-\(times)"
    }
    return name
  }

  static func slug(_ text: String) -> String {
    let words = text.lowercased().split { !($0.isASCII && ($0.isLetter || $0.isNumber)) }
    return words.isEmpty ? "section" : words.joined(separator: "-")
  }
}
