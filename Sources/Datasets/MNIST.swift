/// Handwritten digits: 60,000 training and 10,000 test images of 28 × 28 grey pixels (LeCun, Cortes, Burges 1998).
package struct MNIST: DatasetRecipe {
  package static let card = DatasetCard(
    name: "mnist", title: "MNIST", itemShape: [1, 28, 28], trainCount: 60_000, testCount: 10_000,
    source: "LeCun, Bottou, Bengio, Haffner 1998, http://yann.lecun.com/exdb/mnist/", isSynthetic: false)

  package init() {}

  package var origin: Origin {
    .files([.idx(Self.card, train: Self.train, test: Self.test)], steps: ["none"])
  }

  private static let mirrors = [
    "https://ossci-datasets.s3.amazonaws.com/mnist/",
    "https://storage.googleapis.com/cvdf-datasets/mnist/",
    "http://yann.lecun.com/exdb/mnist/",
  ]

  // Taken from files whose MD5 are the published ones: f68b3c2d…, d53e105e…, 9fb629c4…, ec29112d….
  private static let train = (
    images: DataFile(
      name: "train-images-idx3-ubyte.gz", bytes: 9_912_422,
      sha256: "440fcabf73cc546fa21475e81ea370265605f56be210a4024d2ca8f203523609", mirrors: mirrors),
    labels: DataFile(
      name: "train-labels-idx1-ubyte.gz", bytes: 28_881,
      sha256: "3552534a0a558bbed6aed32b30c495cca23d567ec52cac8be1a0730e8010255c", mirrors: mirrors)
  )
  private static let test = (
    images: DataFile(
      name: "t10k-images-idx3-ubyte.gz", bytes: 1_648_877,
      sha256: "8d422c7b0a1c1c79245a5bcf07fe86e33eeafee792b84584aec276f5a2dbc4e6", mirrors: mirrors),
    labels: DataFile(
      name: "t10k-labels-idx1-ubyte.gz", bytes: 4_542,
      sha256: "f7ae60f92e00ec6debd23a6088c31dbd2371eca3ffa0defaefb259924204aec6", mirrors: mirrors)
  )
}
