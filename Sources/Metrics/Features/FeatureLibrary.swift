import Experiments
import Tensors

/// The features that metrics compare, each gathered once.
///
/// What is wanted is planned before anything is gathered, so that a source's items are made once and go once through the
/// network, whatever is asked of them. Features of a source that has a content key are kept on disk.
final class FeatureLibrary {
  private let instruments: Instruments
  private let shape: [Int]
  private let provide: (ImageRole) throws -> any ImageSource
  private var needs: [ImageRole: [FeatureNeed]] = [:]
  private var gathered: [FeatureRequest: Result<FeatureSet, any Error>] = [:]
  private var network: (any ImageNetwork)?

  /// - Parameters:
  ///   - shape: that of the items, as an `ImageSource` has it.
  ///   - provide: makes the items of a role.
  init(_ instruments: Instruments, shape: [Int], provide: @escaping (ImageRole) throws -> any ImageSource) {
    self.instruments = instruments
    self.shape = shape
    self.provide = provide
  }

  /// Adds to what the next pass over a source gathers.
  func plan(_ need: FeatureNeed) {
    needs[need.request.role] = needs[need.request.role, default: []].adding(need)
  }

  /// Gathers all that is planned.
  /// - Throws: what `progress` throws; what goes wrong otherwise is thrown by whoever asks for the features.
  func gather(_ progress: (String) throws -> Void) throws {
    for role in ImageRole.allCases { try gather(role, progress) }
  }

  /// The features of a request that was planned.
  /// - Throws: why there are none.
  func features(_ request: FeatureRequest) throws -> FeatureSet {
    guard let result = gathered[request] else { throw MetricError.notApplicable("its features were not asked for") }
    return try result.get()
  }

  private func gather(_ role: ImageRole, _ progress: (String) throws -> Void) throws {
    let open = (needs[role] ?? []).filter { gathered[$0.request] == nil }
    do {
      // What no such items have needs none to be made.
      let sensible = try feasible(open, for: shape)
      guard !sensible.isEmpty else { return }
      let source = try provide(role)
      let possible = try feasible(sensible, for: source.shape)
      let kept = try keeper(of: source, for: possible, progress)
      let missing = possible.filter { need in
        guard let set = kept?.set(for: need) else { return true }
        gathered[need.request] = .success(set)
        return false
      }
      if !missing.isEmpty { try pass(over: source, for: missing, kept, progress) }
    } catch let interruption as Interruption {
      throw interruption.reason
    } catch {
      for need in open where gathered[need.request] == nil { gathered[need.request] = .failure(error) }
    }
  }

  private func pass(
    over source: any ImageSource, for needs: [FeatureNeed], _ keeper: FeatureKeeper?,
    _ progress: (String) throws -> Void
  ) throws {
    var pass = FeaturePass(over: source, for: needs, by: try extractors(for: needs, source))
    let role = needs.first.map(\.request.role.rawValue) ?? ""
    for range in chunks(pass.count, of: pass.step) {
      try Interruption.passingOn { try progress("looking at \(role), \(range.lowerBound) of \(pass.count)") }
      try pass.add(range)
    }
    for (need, gathering) in zip(needs, pass.sets) {
      gathered[gathering.request] = .success(gathering.set)
      if let fault = keeper?.keep(gathering.set, for: need) { try Interruption.passingOn { try progress(fault) } }
    }
  }

  /// The needs that can be met; for the others it is written down why not.
  private func feasible(_ needs: [FeatureNeed], for shape: [Int]) throws -> [FeatureNeed] {
    try needs.filter { need in
      guard let obstacle = try obstacle(to: need.request.kind.space, for: shape) else { return true }
      gathered[need.request] = .failure(obstacle)
      return false
    }
  }

  private func obstacle(to space: FeatureSpace, for shape: [Int]) throws -> MetricError? {
    let hasImages = shape.count == 3
    switch space {
    case .coordinates: return hasImages ? .notApplicable("its items are images, not points") : nil
    case .randomConvolutions:
      guard hasImages else { return .notApplicable("its items are points, not images") }
      return RandomConvolutions.takes(shape) ? nil : .imageSize(shape)
    case .inception(let features):
      guard hasImages else { return .notApplicable("its items are points, not images") }
      guard shape[0] == 1 || shape[0] == 3 else { return .channels(shape[0]) }
      guard let weights = try instruments.weights.get() else { return .weightsMissing }
      return features > weights.deepest ? .weightsShort(asked: features.count, deepest: weights.deepest.count) : nil
    }
  }

  private func extractors(
    for needs: [FeatureNeed], _ source: any ImageSource
  ) throws -> [(imageProtocol: ImageProtocol, extractor: any FeatureExtractor)] {
    var made: [(imageProtocol: ImageProtocol, extractor: any FeatureExtractor)] = []
    var known: Set<FeatureKind> = []
    for kind in needs.map(\.request.kind) {
      // One pass through the network gives all of its features.
      let machine = kind.space.isInception ? FeatureKind(.inception(.f64), kind.imageProtocol) : kind
      guard known.insert(machine).inserted else { continue }
      made.append((kind.imageProtocol, try extractor(machine, for: source)))
    }
    return made
  }

  private func extractor(_ kind: FeatureKind, for source: any ImageSource) throws -> any FeatureExtractor {
    switch kind.space {
    case .coordinates: Coordinates()
    case .randomConvolutions: try RandomConvolutions(imageShape: source.shape, executor: instruments.executor)
    case .inception:
      InceptionFeatures(try plannedNetwork(), ImagePreparation(kind.imageProtocol, shape: source.shape))
    }
  }

  /// The network with all features that anything planned here asks for.
  private func plannedNetwork() throws -> any ImageNetwork {
    if let network { return network }
    guard let weights = try instruments.weights.get() else { throw MetricError.weightsMissing }
    let asked = needs.values.joined().compactMap { need -> Features? in
      guard case .inception(let features) = need.request.kind.space, features <= weights.deepest else { return nil }
      return features
    }
    let network = try instruments.network(
      weights, Set(asked).sorted(), instruments.executor)
    self.network = network
    return network
  }

  /// What keeps a source's features; held by this process alone until the last reference to it goes.
  private func keeper(
    of source: any ImageSource, for needs: [FeatureNeed], _ progress: (String) throws -> Void
  ) throws -> FeatureKeeper? {
    guard let cache = instruments.cache, let content = source.contentKey,
      needs.contains(where: { $0.request.kind.space.isInception }), let weights = try instruments.weights.get()
    else { return nil }
    return try Interruption.passingOn {
      try FeatureKeeper(cache, content: content, weights: weights.hash) {
        try progress("waiting for the features that another process gathers")
      }
    }
  }
}

/// What `progress` threw, told from what went wrong with features.
private struct Interruption: Error {
  let reason: any Error

  static func passingOn<T>(_ body: () throws -> T) throws(Interruption) -> T {
    do { return try body() } catch { throw Interruption(reason: error) }
  }
}
