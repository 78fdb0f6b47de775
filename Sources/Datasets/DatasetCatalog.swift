package import Experiments

/// All datasets there are.
package enum DatasetCatalog {
  package static let all: [any DatasetRecipe.Type] = [
    Glyphs.self,
    MNIST.self,
    TwoMoons.self,
  ]

  /// The recipe of a dataset.
  /// - Throws: `DatasetError.unknown`, which lists the names there are.
  package static func recipe(_ name: String) throws(DatasetError) -> any DatasetRecipe {
    guard let type = all.first(where: { $0.card.name == name }) else {
      throw .unknown(name, known: all.map { $0.card.name })
    }
    return type.init()
  }

  /// Loads a dataset, verified, and keeps the first items where the settings say so.
  /// - Throws: `DatasetError`.
  package static func load(
    _ name: String, settings: DatasetSettings, from folder: DataFolder
  ) throws -> Dataset {
    let recipe = try recipe(name)
    let card = type(of: recipe).card
    try check(settings.trainLimit, of: "train", there: card.trainCount, dataset: name)
    try check(settings.testLimit, of: "test", there: card.testCount, dataset: name)
    let (train, test) = try recipe.items(from: folder)
    return Dataset(
      card: card, train: settings.trainLimit == 0 ? train : train.prefix(settings.trainLimit),
      test: settings.testLimit == 0 ? test : test.prefix(settings.testLimit))
  }

  /// Checks what `load` would check, without reading any item: the limits, and that the files are the official ones.
  /// - Returns: the dataset's card, and the number of training items there would be.
  /// - Throws: `DatasetError`.
  package static func examine(
    _ name: String, settings: DatasetSettings, in folder: DataFolder
  ) throws -> (card: DatasetCard, trainCount: Int) {
    let recipe = try recipe(name)
    let card = type(of: recipe).card
    try check(settings.trainLimit, of: "train", there: card.trainCount, dataset: name)
    try check(settings.testLimit, of: "test", there: card.testCount, dataset: name)
    for file in recipe.files { _ = try folder.verified(file, dataset: name) }
    return (card, settings.trainLimit == 0 ? card.trainCount : settings.trainLimit)
  }

  private static func check(
    _ limit: Int, of items: String, there: Int, dataset: String
  ) throws(DatasetError) {
    guard limit >= 0, limit <= there else {
      throw .tooFew(dataset: dataset, items: items, there: there, asked: limit)
    }
  }
}
