import Metrics
import Tensors

extension Workload {
  /// The 2048 features of the Inception network, of a batch of images, with weights that keep the size of activations.
  static let inception = Workload(name: "inception", batch: InceptionNetwork.batch) { run in
    var layers: [String: InceptionWeights.Layer] = [:]
    for (index, layer) in InceptionLayer.all.enumerated() {
      let numbers = Generator(seed: UInt64(index)).normals(layer.shape.reduce(1, *))
      let deviation = (2 / Float(layer.shape[1...].reduce(1, *))).squareRoot()
      layers[layer.name] = InceptionWeights.Layer(
        shape: layer.shape, weights: numbers.map { $0 * deviation }, biases: Array(repeating: 0, count: layer.outputs))
    }
    let network = try InceptionNetwork(
      weights: InceptionWeights(layers, origin: "a generator"), features: [.f2048],
      executor: CountingExecutor(run, countsUpdatesOnly: false))
    layers = [:]
    let size = 3 * InceptionNetwork.side * InceptionNetwork.side
    let images = Matrix(
      rows: InceptionNetwork.batch, columns: size,
      values: Generator(seed: 0).uniforms(InceptionNetwork.batch * size).map { 2 * $0 - 1 })
    for iteration in 1...run.iterations {
      _ = network.features(of: images)
      if iteration.isMultiple(of: run.window) { run.mark() }
    }
  }
}
