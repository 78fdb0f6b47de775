/// One way in which a dataset's official files may lie in a data directory: an archive, or what was unpacked from it.
package struct DataForm: Sendable {
  /// In the order in which they are read.
  package let files: [DataFile]
  /// The names of those that may be missing; that they are is then remarked.
  let optional: Set<String>
  /// Opens the files, by their names, and gives the pictures in them.
  let open: @Sendable (_ paths: [String: String]) throws -> Pictures

  init(
    files: [DataFile], optional: Set<String> = [],
    open: @escaping @Sendable (_ paths: [String: String]) throws -> Pictures
  ) {
    self.files = files
    self.optional = optional
    self.open = open
  }

  /// The files without which there is nothing.
  var required: [DataFile] { files.filter { !optional.contains($0.name) } }

  /// Whether each required file lies in one of the folders, right or wrong; so does at least one file if none is required.
  func isThere(in folders: [DataFolder], dataset: String) -> Bool {
    func lies(_ file: DataFile) -> Bool {
      folders.contains { !$0.candidates(for: file, dataset: dataset).isEmpty }
    }
    return required.allSatisfy(lies) && files.contains(where: lies)
  }
}

/// What official files hold.
package struct Pictures {
  let train: Split
  let test: Split
  /// Sentences about what is not as published: parts that are missing, and what stands in their place.
  var remarks: [String] = []
  /// Whether height and width are half of the official ones.
  var areHalved = false
}

/// What a dataset's items come from.
package enum Origin: Sendable {
  /// The program makes them itself, from its seed: of each part the first items, so many at least.
  case made(@Sendable (_ train: Int, _ test: Int) -> (train: Items, test: Items))
  /// Official files in one of several forms, best first; the first is the one that is downloaded. The steps are the names of
  /// the preprocessing that fits, the one that preparing does first.
  case files([DataForm], steps: [String])
}
