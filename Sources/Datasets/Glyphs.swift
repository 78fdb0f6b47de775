import Tensors

/// Digits that the program draws itself, for machines without data: 28 × 28 grey pixels, white on black, like MNIST's.
///
/// A digit is written in one of a few ways (`GlyphShape`), its points are displaced by a smooth random field, and it is
/// slanted, turned, stretched and drawn with a pen of random width so that it fills a box of 17 to 20 pixels about the
/// image's middle. The draws come from a generator of their own: the images are the same in every run, whatever its seed.
package struct Glyphs: DatasetRecipe {
  package static let card = DatasetCard(
    name: "glyphs", title: "Glyphs", itemShape: [1, 28, 28], trainCount: 10_000, testCount: 2000,
    source: "this program: digits drawn from strokes, in MNIST's form", isSynthetic: true)

  package init() {}

  package var origin: Origin { .made(Self.items) }

  @Sendable static func items(train: Int, test: Int) -> (train: Items, test: Items) {
    let generator = Generator(seed: 0).split("glyphs")
    return (
      train: draw(train, of: card.trainCount, using: generator.split("train")),
      test: draw(test, of: card.testCount, using: generator.split("test"))
    )
  }

  /// The first of so many images in random order with equally many of each digit.
  private static func draw(_ count: Int, of all: Int, using generator: Generator) -> Items {
    let labels = generator.split("labels").permutation(all).prefix(count).map { UInt8($0 % 10) }
    let pens = generator.split("pens")
    var canvas = StrokeCanvas(side: card.itemShape[1])
    var bytes: [UInt8] = []
    bytes.reserveCapacity(count * canvas.pixels)
    for (index, label) in labels.enumerated() {
      let hand = Hand(pens.uniforms(Hand.draws, stream: UInt64(index)))
      canvas.draw(hand.write(Int(label), side: Float(canvas.side)), radius: hand.radius, onto: &bytes)
    }
    return Items(count: count, size: canvas.pixels, storage: .bytes(bytes), labels: labels)
  }
}
