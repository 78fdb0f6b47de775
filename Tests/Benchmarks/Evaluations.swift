import Datasets
import Execution
import Experiments
import Methods
import Metrics
import Tensors
import Training

extension Workload {
  /// One evaluation an iteration: dpVAE's importance-sampled likelihood of a test image, 21,000 samples, on its MNIST
  /// network.
  static let importance = Workload(name: "dpvae-nll", batch: 1) { run in
    var configuration = try configuration(network: "dpvae-mnist", latents: 2, batch: 100)
    configuration.evaluation.likelihoodImages = 1
    configuration.evaluation.likelihoodSamples = 21_000
    let dataset = Dataset.noise([1, 28, 28], count: 100)
    let model = try Training.train(configuration, seed: 0, on: dataset, executor: CPUExecutor()) { _ in }
    try repeated("nll/importance", run, Subject(model: model, dataset: dataset, configuration: configuration, seed: 0))
  }

  /// One evaluation an iteration: the symmetric divergence by nearest neighbours of 5,000 codes in 20 dimensions and as
  /// many draws of the prior.
  static let neighbours = Workload(name: "skl-neighbours", batch: 5000) { run in
    var configuration = try configuration(network: "dpvae-svhn", latents: 20, batch: 50)
    configuration.evaluation.sklSamples = 5000
    let items = Items(count: 5000, size: 20, storage: .floats(Generator(seed: 0).normals(100_000)))
    let card = DatasetCard(
      name: "codes", title: "Codes", itemShape: [20], trainCount: 5000, testCount: 5000, source: "a generator",
      isSynthetic: true)
    let dataset = Dataset(card: card, train: items, test: items, digest: "")
    try repeated(
      "skl/knn?space=z", run,
      Subject(model: CodesThemselves(latents: 20), dataset: dataset, configuration: configuration, seed: 0))
  }

  /// One distance an iteration, with its error: between Gaussians of 2048 features, the reference factored each time.
  static let frechet = Workload(name: "frechet-2048", batch: 1) { run in
    let sides = (0..<2).map { side in
      var sums = FeatureMoments(groups: 1)
      let rows = Matrix(rows: 2500, columns: 2048, values: Generator(seed: UInt64(side)).normals(2500 * 2048))
      sums.add(rows)
      return (moments: sums.whole, rows: rows)
    }
    for iteration in 1...run.iterations {
      let reference = try FrechetReference(sides[0].moments, by: .pivotedCholesky)
      _ = try reference.squaredDistance(to: sides[1].moments, spreadOver: sides[1].rows)
      if iteration.isMultiple(of: run.window) { run.mark() }
    }
  }

  private static func repeated(_ text: String, _ run: Recording, _ subject: Subject) throws {
    guard let id = MetricID(text) else { preconditionFailure("\(text) is no metric") }
    let metric = try MetricCatalog.metric(for: id)
    for iteration in 1...run.iterations {
      _ = try metric.measure(id, on: Evidence(of: subject, with: Instruments(executor: CPUExecutor())))
      if iteration.isMultiple(of: run.window) { run.mark() }
    }
  }
}

/// A model whose items are codes of unit variance: measuring them costs what the metric costs.
private struct CodesThemselves: LatentVariableModel {
  let latents: Int
  var size: Int { latents }
  func encode(_ items: Matrix) -> Posteriors {
    Posteriors(means: items, logVariances: Matrix(rows: items.rows, columns: latents))
  }
  func decode(_ codes: Matrix) -> Matrix { codes }
  func distortions(of items: Matrix, given codes: Matrix) -> [Double] { Array(repeating: 0, count: items.rows) }
  func errors(of items: Matrix, given codes: Matrix) -> (distortions: [Double], squaredErrors: [Double]) {
    (distortions(of: items, given: codes), distortions(of: items, given: codes))
  }
  func generation(of codes: Matrix) -> (codes: Matrix, logDeterminants: [Float]) {
    (codes, Array(repeating: 0, count: codes.rows))
  }
  func representation(of generationCodes: Matrix) -> Matrix { generationCodes }
}
