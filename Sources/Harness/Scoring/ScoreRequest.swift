package import Experiments

/// Which part of a dataset samples are compared with.
package enum ReferenceSplit: String, Codable, Sendable, CaseIterable { case train, test }

/// Files that another program made, and what is to be measured on them.
package struct ScoreRequest: Sendable {
  /// As typed; all that the files allow where there are none.
  package var metrics: [String]
  /// Paths, as typed.
  package var samples: String?
  package var latents: String?
  package var logLikelihoods: String?
  /// A dataset's name or a path.
  package var reference: String?
  package var split: ReferenceSplit?
  package var preprocessing: String?
  /// `nchw` or `nhwc`.
  package var layout: String?
  /// Of what is drawn for comparison.
  package var seed: Int
  package var threads: Int
  /// Which items of the reference's dataset there are; `nil` for all, preprocessed as asked for.
  var settings: DatasetSettings?

  package init(
    metrics: [String] = [], samples: String? = nil, reference: String? = nil, split: ReferenceSplit? = nil,
    preprocessing: String? = nil, layout: String? = nil, latents: String? = nil, logLikelihoods: String? = nil,
    seed: Int = 0, threads: Int = 1
  ) {
    (self.metrics, self.samples, self.reference, self.split) = (metrics, samples, reference, split)
    (self.preprocessing, self.layout, self.latents) = (preprocessing, layout, latents)
    (self.logLikelihoods, self.seed, self.threads) = (logLikelihoods, seed, threads)
  }
}

/// How far a part of the measuring is.
package struct ScoringProgress: Sendable, Equatable {
  package let words: String
  package let done: Int
  /// 0 where it is not known.
  package let total: Int

  package init(_ words: String, done: Int = 0, total: Int = 0) {
    (self.words, self.done, self.total) = (words, done, total)
  }
}

/// What measuring files gave, with all that the numbers rest on.
package struct ScoreSheet: Encodable, Sendable {
  package let scores: [Score]
  package let inputs: [Input]
  /// SHA-256 of the Inception weights, where features of that network were taken.
  package let weightsHash: String?
  /// The version of the code, as provenance has it.
  package let code: String
  package let seed: Int
  package let seconds: Double
  /// What was not measured for lack of something, or does not compare, a sentence each.
  package var notes: [String]
  /// The id of the run that the scores were recorded as.
  package var recorded: String?

  /// A thing that numbers were taken from.
  package struct Input: Encodable, Sendable {
    /// `samples`, `reference`, `latents` or `log-likelihoods`.
    package let role: String
    /// A path, or a dataset with its split.
    package let path: String
    package let count: Int
    /// `[channels, height, width]` of an image, `[dimensions]` of a code, `[]` of a number.
    package let shape: [Int]
    /// The shape and the numbers' type for people, e.g. `28 × 28, grey, 8 bits`.
    package let form: String
    package let sha256: String
    package let remarks: [String]
    /// The whole path, or again a dataset with its split.
    package let place: String
  }

  /// Whether each metric that was asked for has a value.
  package var isComplete: Bool { scores.allSatisfy { $0.value != nil } }
}
