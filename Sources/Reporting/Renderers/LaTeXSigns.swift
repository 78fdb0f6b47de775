/// What stands in LaTeX for signs that it would act on, or that its fonts do not have.
enum LaTeXSigns {
  /// The text as LaTeX prints it; a sign that it has no way to print stands as its code point, `U+4E2D`.
  static func escaped(_ text: String) -> String {
    var (result, previous) = ("", Unicode.Scalar(0x20))
    for scalar in text.unicodeScalars {
      // Two hyphens would become a dash.
      if scalar == "-", previous == "-" { result += "{}" }
      result += written(scalar)
      previous = scalar
    }
    return result
  }

  private static func written(_ scalar: Unicode.Scalar) -> String {
    if let written = signs[scalar] ?? greek[scalar] ?? raised[scalar] { return written }
    if scalar.properties.generalCategory == .control { return " " }
    let isPrinted = scalar.isASCII || (0xC0...0xFF).contains(scalar.value) && !["Ð", "Þ", "ð", "þ"].contains(scalar)
    return isPrinted ? String(scalar) : "\\texttt{U+" + String(scalar.value, radix: 16, uppercase: true) + "}"
  }

  private static let signs: [Unicode.Scalar: String] = [
    "\\": "\\textbackslash{}", "{": "\\{", "}": "\\}", "$": "\\$", "&": "\\&", "#": "\\#", "%": "\\%", "_": "\\_",
    "~": "\\textasciitilde{}", "^": "\\textasciicircum{}", "<": "\\textless{}", ">": "\\textgreater{}",
    "|": "\\textbar{}", "\"": "{\\char34}", "`": "\\textasciigrave{}", "\u{A0}": "\\ ",
    "±": "$\\pm$", "−": "$-$", "×": "$\\times$", "÷": "$\\div$", "·": "$\\cdot$", "√": "$\\surd$", "∞": "$\\infty$",
    "≤": "$\\leq$", "≥": "$\\geq$", "≠": "$\\neq$", "≈": "$\\approx$", "→": "$\\to$", "←": "$\\leftarrow$",
    "↓": "$\\downarrow$", "↑": "$\\uparrow$", "–": "--", "—": "---", "…": "\\ldots{}", "†": "$\\dagger$",
    "‡": "$\\ddagger$", "‘": "`", "’": "'", "“": "``", "”": "''", "′": "$'$", "½": "$\\frac12$",
  ]

  private static let raised: [Unicode.Scalar: String] = Dictionary(
    uniqueKeysWithValues: zip("⁰¹²³⁴⁵⁶⁷⁸⁹ⁿ⁻".unicodeScalars, "0123456789n-").map { ($0, "$^{\($1)}$") })

  /// Letters that look like Latin ones are written as those.
  private static let greek: [Unicode.Scalar: String] = Dictionary(
    uniqueKeysWithValues: zip("αβγδεζηθικλμνξπρςστυφχψωΓΔΘΛΞΠΣΥΦΨΩ".unicodeScalars, names).map { ($0, "$\\\($1)$") }
      + zip("οΑΒΕΖΗΙΚΜΝΟΡΤΧ".unicodeScalars, "oABEZHIKMNOPTX").map { ($0, String($1)) })

  private static let names =
    ("alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi pi rho varsigma sigma tau upsilon phi "
    + "chi psi omega Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega").split(separator: " ")
}
