package import Experiments

/// What there is of a dataset, without its items.
package struct DatasetSurvey: Sendable {
  /// With the shape that items have after preprocessing, and the official counts.
  package let card: DatasetCard
  /// The items there would be: all that are there, or as many as the settings ask for.
  package let trainCount: Int
  package let testCount: Int
  /// Sentences about what is not as published.
  package let remarks: [String]
  /// SHA-256 of all items as they are converted, training items first; `nil` where they are not converted yet.
  package let digest: String?
}

extension DatasetCatalog {
  /// Checks what `load` would check, without converting any item: names, limits, and that the files are the official ones.
  /// - Throws: `DatasetError`.
  package static func examine(
    _ name: String, settings: DatasetSettings, in folder: DataFolder
  ) throws -> DatasetSurvey {
    let card = try card(name, preprocessing: settings.preprocessing)
    let (train, test, remarks, digest) = try counts(of: try recipe(name), settings.preprocessing, in: folder)
    try settings.check(train: train, test: test, of: name)
    return DatasetSurvey(
      card: card, trainCount: settings.trainLimit == 0 ? train : settings.trainLimit,
      testCount: settings.testLimit == 0 ? test : settings.testLimit, remarks: remarks, digest: digest)
  }

  /// What there is of a dataset in the data directory.
  /// - Throws: `DatasetError`.
  package static func examine(_ name: String, in folder: DataFolder) throws -> DatasetSurvey {
    let settings = DatasetSettings(
      name: name, preprocessing: try recipe(name).steps[0], trainLimit: 0, testLimit: 0, augment: false)
    return try examine(name, settings: settings, in: folder)
  }

  private static func counts(
    of recipe: any DatasetRecipe, _ preprocessing: String, in folder: DataFolder
  ) throws -> (train: Int, test: Int, remarks: [String], digest: String?) {
    let card = type(of: recipe).card
    guard case .files(let forms, let steps) = recipe.origin else { return (card.trainCount, card.testCount, [], nil) }
    // A file of converted items was made from verified files, which have not changed since.
    if let contents = try library(of: recipe, forms, steps, preprocessing, in: folder).current()?.contents {
      return (contents.trainCount, contents.testCount, contents.remarks, contents.digest)
    }
    let pictures = try folder.pictures(forms, dataset: card.name)
    return (pictures.train.count, pictures.test.count, pictures.remarks, nil)
  }
}
