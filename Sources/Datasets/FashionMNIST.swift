/// Articles of clothing in MNIST's form: 60,000 training and 10,000 test images of 28 × 28 grey pixels (Zalando 2017).
package struct FashionMNIST: DatasetRecipe {
  package static let card = DatasetCard(
    name: "fashion-mnist", title: "Fashion-MNIST", itemShape: [1, 28, 28], trainCount: 60_000, testCount: 10_000,
    source: "Xiao, Rasul, Vollgraf 2017, https://github.com/zalandoresearch/fashion-mnist", isSynthetic: false)

  package init() {}

  package var origin: Origin {
    .files([.idx(Self.card, train: Self.train, test: Self.test)], steps: ["none"])
  }

  private static let mirrors = [
    "http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/",
    "https://github.com/zalandoresearch/fashion-mnist/raw/master/data/fashion/",
  ]

  // As in TensorFlow Datasets (url_checksums/fashion_mnist.txt); the MD5 of these files are those that Zalando publishes.
  private static let train = (
    images: DataFile(
      name: "train-images-idx3-ubyte.gz", bytes: 26_421_880,
      sha256: "3aede38d61863908ad78613f6a32ed271626dd12800ba2636569512369268a84", mirrors: mirrors),
    labels: DataFile(
      name: "train-labels-idx1-ubyte.gz", bytes: 29_515,
      sha256: "a04f17134ac03560a47e3764e11b92fc97de4d1bfaf8ba1a3aa29af54cc90845", mirrors: mirrors)
  )
  private static let test = (
    images: DataFile(
      name: "t10k-images-idx3-ubyte.gz", bytes: 4_422_102,
      sha256: "346e55b948d973a97e58d2351dde16a484bd415d4595297633bb08f03db6a073", mirrors: mirrors),
    labels: DataFile(
      name: "t10k-labels-idx1-ubyte.gz", bytes: 5_148,
      sha256: "67da17c76eaffca5446c3361aaab5c3cd6d1c2608764d35dfb1850b086bf8dd5", mirrors: mirrors)
  )
}
