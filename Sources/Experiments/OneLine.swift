extension String {
  /// As one line for a message that quotes what a file holds: of more than a screenful the beginning and the end.
  package var inOneLine: String {
    let line = withoutCommands
    return line.count <= 2000 ? line : "\(line.prefix(1500)) … \(line.suffix(400))"
  }

  /// With a `·` for each sign that a terminal takes for a command, that ends a line or that turns around what follows.
  package var withoutCommands: String {
    var line = String.UnicodeScalarView()
    for sign in unicodeScalars { line.append(sign.isCommand ? "·" : sign) }
    return String(line)
  }
}

extension Unicode.Scalar {
  fileprivate var isCommand: Bool {
    switch properties.generalCategory {
    case .control, .lineSeparator, .paragraphSeparator: true
    default: properties.isBidiControl
    }
  }
}
