package import Experiments

/// All datasets there are.
package enum DatasetCatalog {
  package static let all: [any DatasetRecipe.Type] = [
    CelebA.self,
    CIFAR10.self,
    FashionMNIST.self,
    FreyFace.self,
    Glyphs.self,
    MNIST.self,
    SVHN.self,
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

  /// Whether a program may fetch the dataset's files.
  static func downloads(_ name: String) -> Bool {
    all.first { $0.card.name == name }?.init().files.contains { !$0.mirrors.isEmpty } ?? false
  }

  /// The card of a dataset as a preprocessing step leaves it.
  /// - Throws: `DatasetError.unknown`, `.unfit`.
  package static func card(_ name: String, preprocessing: String) throws(DatasetError) -> DatasetCard {
    let recipe = try recipe(name)
    let card = type(of: recipe).card
    let step = try Preprocessing.step(preprocessing, of: name, fitting: recipe.steps)
    return step.operations.isEmpty ? card : card.with(itemShape: step.shape(of: card.itemShape))
  }

  /// Loads a dataset, verified and preprocessed, and keeps the first items where the settings say so.
  ///
  /// What comes from files is converted once, on first use, and mapped into memory from then on.
  /// - Throws: `DatasetError`.
  package static func load(
    _ name: String, settings: DatasetSettings, from folder: DataFolder
  ) throws -> Dataset {
    let card = try card(name, preprocessing: settings.preprocessing)
    let recipe = try recipe(name)
    let (train, test, contents) = try items(of: recipe, settings, in: folder)
    try settings.check(train: train.count, test: test.count, of: name)
    let remarks = contents?.remarks ?? []
    if let contents, settings.trainLimit == 0, settings.testLimit == 0 {
      return Dataset(card: card, train: train, test: test, digest: contents.digest, remarks: remarks)
    }
    return Dataset(
      card: card, train: settings.trainLimit == 0 ? train : train.prefix(settings.trainLimit),
      test: settings.testLimit == 0 ? test : test.prefix(settings.testLimit), remarks: remarks)
  }

  private static func items(
    of recipe: any DatasetRecipe, _ settings: DatasetSettings, in folder: DataFolder
  ) throws -> (train: Items, test: Items, contents: ItemCache.Contents?) {
    switch recipe.origin {
    case .made(let make):
      let card = type(of: recipe).card
      try settings.check(train: card.trainCount, test: card.testCount, of: card.name)
      let (train, test) = make(
        settings.trainLimit == 0 ? card.trainCount : settings.trainLimit,
        settings.testLimit == 0 ? card.testCount : settings.testLimit)
      return (train, test, nil)
    case .files(let forms, let steps):
      let step = settings.preprocessing
      let (train, test, contents) = try library(of: recipe, forms, steps, step, in: folder).obtain()
      return (train, test, contents)
    }
  }

  static func library(
    of recipe: any DatasetRecipe, _ forms: [DataForm], _ steps: [String], _ preprocessing: String, in folder: DataFolder
  ) throws(DatasetError) -> ItemLibrary {
    let name = type(of: recipe).card.name
    return ItemLibrary(
      dataset: name, forms: forms, step: try Preprocessing.step(preprocessing, of: name, fitting: steps), folder: folder
    )
  }
}

extension DatasetSettings {
  /// Checks the limits against what is there.
  /// - Throws: `DatasetError.tooFew`.
  func check(train: Int, test: Int, of dataset: String) throws(DatasetError) {
    for (limit, items, there) in [(trainLimit, "train", train), (testLimit, "test", test)] {
      guard limit >= 0, limit <= there else {
        throw .tooFew(dataset: dataset, items: items, there: there, asked: limit)
      }
    }
  }
}
