/// What a worker's numbers must not depend on, pinned.
package enum WorkerEnvironment {
  /// The environment with one thread where a job does not ask for more, and one set of OpenBLAS kernels per kind of
  /// processor.
  package static func pinned(_ environment: [String: String], processorFlags: Set<String>) -> [String: String] {
    var pinned = environment
    pinned["OMP_NUM_THREADS"] = "1"
    pinned["OPENBLAS_NUM_THREADS"] = "1"
    pinned["OPENBLAS_CORETYPE"] = coreType(processorFlags)
    // Threads that wait by spinning slow every other process down tenfold, and the worker's own with them.
    pinned["OMP_WAIT_POLICY"] = "passive"
    // It changes the blocking, and with it the order of sums.
    pinned["OPENBLAS_L2_SIZE"] = nil
    // A crash is told in one line; its trace would take seconds.
    pinned["SWIFT_BACKTRACE"] = "enable=no"
    return pinned
  }

  /// `nil` leaves the choice to OpenBLAS, on processors without AVX2.
  static func coreType(_ flags: Set<String>) -> String? {
    if flags.contains("avx512f") { return "SkylakeX" }
    return flags.contains("avx2") ? "Haswell" : nil
  }
}
