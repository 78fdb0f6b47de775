/// Which targets a link may have: pages of the report, places on a page and the web; no scripts.
enum LinkTarget {
  static func isSafe(_ target: String) -> Bool {
    guard !target.isEmpty, target.unicodeScalars.allSatisfy({ $0.isASCII && $0.value > 32 && $0.value != 127 }) else {
      return false
    }
    return target.hasPrefix("https://") || target.hasPrefix("http://") || !target.contains(":")
  }
}
