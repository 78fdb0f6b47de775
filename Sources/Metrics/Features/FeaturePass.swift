import Tensors

/// One pass over a source's items that gathers all that is wanted of them: each item is made once, and goes once through
/// each extractor.
struct FeaturePass {
  private let source: any ImageSource
  private var collectors: [FeatureCollector]
  /// An extractor for each protocol, with the kinds of features that are taken from it.
  private let extractors: [(imageProtocol: ImageProtocol, extractor: any FeatureExtractor)]

  init(
    over source: any ImageSource, for needs: [FeatureNeed],
    by extractors: [(imageProtocol: ImageProtocol, extractor: any FeatureExtractor)]
  ) {
    self.source = source
    self.extractors = extractors
    collectors = needs.map(FeatureCollector.init)
  }

  /// The number of items that some need reaches.
  var count: Int { collectors.map(\.need.request.count).max() ?? 0 }

  /// Items handled at a time: a chunk, or fewer of large images, so that memory does not grow with their size.
  var step: Int { max(10, min(chunk, (1 << 25) / max(1, source.shape.reduce(1, *)))) }

  /// Adds the items of a range; ranges come one after the other.
  mutating func add(_ range: Range<Int>) throws {
    let items = try source.images(range)
    for (imageProtocol, extractor) in extractors {
      let wanting = collectors.indices.filter { collectors[$0].takes(from: imageProtocol, at: range.lowerBound) }
      guard !wanting.isEmpty else { continue }
      let features = try extractor.extract(items)
      for index in wanting {
        if let matrix = features[collectors[index].need.request.kind.space] { collectors[index].add(matrix) }
      }
    }
  }

  /// What was gathered, a set for each request.
  var sets: [(request: FeatureRequest, set: FeatureSet)] { collectors.map { ($0.need.request, $0.set) } }
}

/// Gathers the features of one need.
private struct FeatureCollector {
  let need: FeatureNeed
  private var sums: FeatureMoments
  private var rows: [Matrix] = []
  private var seen = 0
  private var features = 0

  init(_ need: FeatureNeed) {
    self.need = need
    sums = FeatureMoments(groups: need.request.kind.space.isInception ? 1 : 10)
  }

  /// Whether it takes features behind the protocol of items from `start` on.
  func takes(from imageProtocol: ImageProtocol, at start: Int) -> Bool {
    need.request.kind.imageProtocol == imageProtocol && start < need.request.count
  }

  mutating func add(_ matrix: Matrix) {
    features = matrix.columns
    let taken = matrix.rows(0..<min(matrix.rows, need.request.count - seen))
    if need.moments { sums.add(taken) }
    if seen < need.rows { rows.append(taken.rows(0..<min(taken.rows, need.rows - seen))) }
    seen += taken.rows
  }

  var set: FeatureSet {
    FeatureSet(
      count: seen, features: features, moments: need.moments && seen > 1 ? sums.whole : nil,
      sums: need.request.kind.space.isInception ? nil : sums, rows: .stacking(rows, columns: features))
  }
}
