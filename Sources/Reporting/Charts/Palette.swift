/// The colours of pages and drawings, as CSS variables for light and dark.
///
/// Series take the colours of Okabe and Ito, which stay apart for eyes that confuse red and green, darkened on white
/// and lightened on black until each stands out from its ground by 3 to 1 or more.
enum Palette {
  private typealias Colour = (name: String, light: String, dark: String)

  private static let colours: [Colour] = [
    ("ground", "#ffffff", "#14171a"),
    ("raised", "#f6f7f8", "#1d2125"),
    ("ink", "#1b1f23", "#e6e8ea"),
    ("faint", "#5c656d", "#9aa4ad"),
    ("rule", "#d8dce0", "#343b42"),
    ("accent", "#0b5cad", "#7cb7f0"),
    ("good", "#0f6b45", "#6fd3a4"),
    ("bad", "#a8321b", "#ff9c85"),
    ("doubtful", "#7a5600", "#e8c268"),
    ("series-1", "#0067a5", "#62b5ef"),
    ("series-2", "#c04a00", "#ff9a55"),
    ("series-3", "#00795a", "#35c99c"),
    ("series-4", "#a8497f", "#e79cc7"),
    ("series-5", "#8a6d00", "#e6c229"),
    ("series-6", "#5a5f66", "#b4bbc2"),
  ]

  /// Colours of classes of points: middle tones, for light and dark alike.
  static let classes = [
    "#4e79a7", "#f28e2b", "#59a14f", "#b07aa1", "#d4a72c", "#76b7b2", "#e88a96", "#9c755f", "#8c8c8c", "#e15759",
  ]

  /// How many series have a colour of their own; the next takes the first again.
  static let seriesCount = 6

  /// How many patterns of dashes there are, the solid line among them.
  static let dashCount = 4

  /// The variables on an element, light unless the reader prefers dark.
  static func variables(scope: String) -> String {
    """
    \(scope) { \(values(\.light)) }
    @media (prefers-color-scheme: dark) { \(scope) { \(values(\.dark)) } }

    """
  }

  /// The variables of a page, whose reader may choose a theme; on paper a page is light whatever it was on the screen.
  static var ofPage: String {
    """
    :root { color-scheme: light; \(values(\.light)) }
    @media screen and (prefers-color-scheme: dark) {
      :root:not([data-theme=light]) { color-scheme: dark; \(values(\.dark)) }
    }
    @media screen { :root[data-theme=dark] { color-scheme: dark; \(values(\.dark)) } }

    """
  }

  private static func values(_ theme: KeyPath<Colour, String>) -> String {
    colours.map { "--\($0.name): \($0[keyPath: theme]);" }.joined(separator: " ")
  }
}

extension Drawing {
  /// The rules of lines, marks and words; a page has them once, a file of its own each.
  static var style: String {
    let series = (1...Palette.seriesCount).map { number in
      """
      .drawing .series-\(number) { stroke: var(--series-\(number)); }
      .drawing text.series-\(number) { fill: var(--series-\(number)); stroke: none; }
      .drawing .band.series-\(number) { fill: var(--series-\(number)); stroke: none; }
      """
    }
    let classes = Palette.classes.enumerated().map { ".drawing .class-\($0.offset + 1) { stroke: \($0.element); }" }
    return """
      .drawing { font-family: system-ui, -apple-system, "Segoe UI", Roboto, "DejaVu Sans", sans-serif; font-size: 12px; }
      .drawing text { fill: var(--ink); stroke: none; }
      .drawing .ground { fill: var(--ground); }
      .drawing .quiet { fill: var(--faint); }
      .drawing .heading { font-weight: 600; font-size: 13px; }
      .drawing .rule { stroke: var(--rule); stroke-width: 1; }
      .drawing path { fill: none; stroke-linejoin: round; stroke-linecap: round; }
      .drawing .mean { stroke-width: 2; }
      .drawing .band { opacity: 0.16; }
      .drawing .bar { stroke-width: 1.4; opacity: 0.8; }
      .drawing .dot { stroke-width: 8; }
      .drawing .leader { stroke-width: 0.8; opacity: 0.5; }
      .drawing .path { stroke-width: 1.4; opacity: 0.9; }
      .drawing .dots { stroke-width: 3.4; opacity: 0.6; }
      .drawing .crowd { stroke-width: 0.9; opacity: 0.5; }
      .drawing .marks { stroke-width: 1.2; opacity: 0.75; }
      .drawing .key { opacity: 1; }
      .drawing .key.dots { stroke-width: 6; }
      .drawing .dash-2 { stroke-dasharray: 7 4; }
      .drawing .dash-3 { stroke-dasharray: 2 4; }
      .drawing .dash-4 { stroke-dasharray: 9 4 2 4; }
      .drawing .mark-1 { stroke: var(--ink); }
      .drawing .mark-2 { stroke: var(--bad); }
      \((series + classes).joined(separator: "\n"))

      """
  }
}
