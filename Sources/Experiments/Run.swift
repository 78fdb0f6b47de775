/// One experiment trained and measured with one seed at one tier.
package struct Run: Codable, Hashable, Sendable {
  /// Experiment, tier, seed and the configuration's hash: the same work has the same id in every store.
  package let id: String
  package let experiment: ExperimentID
  package let tier: Tier
  package let seed: Int
  package let configuration: Configuration
  /// SHA-256 of the configuration's canonical JSON.
  package let configurationHash: String
  package var status: RunStatus
  /// Why the run is not done, a sentence; `nil` for done and pending.
  package var reason: String?
  /// How often it was started.
  package var attempts: Int
  /// Seconds since 1970.
  package var started: Double?
  /// Wall time of training and measuring together.
  package var seconds: Double?
  /// Process CPU time of both together.
  package var processorSeconds: Double?
  /// Peak resident memory in bytes.
  package var peakMemory: Int?
  /// SHA-256 of the trained parameters, in order of name; an external run has none.
  package var weightsHash: String?
  package var provenance: Provenance?

  package init(experiment: ExperimentID, tier: Tier, seed: Int, configuration: Configuration) {
    let hash = configuration.hash
    id = "\(experiment)@\(tier.rawValue)#\(seed)-\(hash.prefix(12))"
    self.experiment = experiment
    self.tier = tier
    self.seed = seed
    self.configuration = configuration
    configurationHash = hash
    status = .pending
    attempts = 0
  }
}

/// How far a run has come, or how it ended.
package enum RunStatus: String, Codable, Sendable, CaseIterable {
  case pending, running, done, failed, diverged
  case timedOut = "timed-out"
  case interrupted
}

/// Where a run's numbers come from, besides its configuration and seed.
package struct Provenance: Codable, Hashable, Sendable {
  /// The version of the code: a commit, with `+` where the tree had changes, or "unknown".
  package var code: String
  package var host: String
  package var processor: String
  /// The instruction set the kernels were chosen for.
  package var instructionSet: String
  package var threads: Int
  /// Library to version, e.g. `oneDNN` to `2.6.3`.
  package var libraries: [String: String]
  /// Dataset to SHA-256 of its content.
  package var data: [String: String]
  /// What of the data is not as published, a sentence each; `nil` where all is.
  package var dataRemarks: [String]?
  /// What another program made; `nil` for a run of our own. Where it is there, the rest tells how it was measured.
  package var external: ExternalOrigin?

  package init(
    code: String, host: String, processor: String, instructionSet: String, threads: Int, libraries: [String: String],
    data: [String: String], dataRemarks: [String]? = nil, external: ExternalOrigin? = nil
  ) {
    self.code = code
    self.host = host
    self.processor = processor
    self.instructionSet = instructionSet
    self.threads = threads
    self.libraries = libraries
    self.data = data
    self.dataRemarks = dataRemarks
    self.external = external
  }
}
