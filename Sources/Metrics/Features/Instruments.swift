package import Tensors

/// What measuring uses beside the thing that is measured.
package struct Instruments {
  let executor: any Executor
  let weights: LazyWeights
  let cache: FeatureCache?
  let network: NetworkMaker

  /// Plans a network for the features that are asked for.
  typealias NetworkMaker = (InceptionWeights, [Features], any Executor) throws -> any ImageNetwork

  /// - Parameters:
  ///   - inception: gives the network's weights when they are first needed; `nil` where none are prepared.
  ///   - cache: where features of datasets are kept from one process to the next.
  package init(
    executor: any Executor, inception: @escaping () throws -> InceptionWeights? = { nil }, cache: FeatureCache? = nil
  ) {
    self.init(executor: executor, inception: inception, cache: cache) {
      try InceptionNetwork(weights: $0, features: $1, executor: $2)
    }
  }

  init(
    executor: any Executor, inception: @escaping () throws -> InceptionWeights?, cache: FeatureCache?,
    network: @escaping NetworkMaker
  ) {
    self.executor = executor
    weights = LazyWeights(read: inception)
    self.cache = cache
    self.network = network
  }
}

/// The Inception network's weights, read when they are first asked for and then kept.
final class LazyWeights {
  private let read: () throws -> InceptionWeights?
  private var result: Result<InceptionWeights?, any Error>?

  init(read: @escaping () throws -> InceptionWeights?) { self.read = read }

  /// `nil` where none are prepared.
  /// - Throws: what reading them threw.
  func get() throws -> InceptionWeights? {
    if let result { return try result.get() }
    let result = Result(catching: read)
    self.result = result
    return try result.get()
  }
}

/// A network that gives several kinds of features at once.
protocol ImageNetwork: AnyObject {
  /// Images `[n, 3 · 299 · 299]` on the network's scale to features `[n, …]` of each kind.
  func features(of images: Matrix) -> [Features: Matrix]
}

extension InceptionNetwork: ImageNetwork {}
