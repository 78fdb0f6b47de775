import Harness
import Testing

@Suite struct WorkerEnvironmentTests {
  @Test(arguments: [("avx2 avx512f", "SkylakeX"), ("avx2 fma", "Haswell"), ("sse2", nil)])
  func `OpenBLAS's kernels follow the processor, not the environment`(flags: String, kernels: String?) {
    let given = ["OPENBLAS_CORETYPE": "Prescott", "OPENBLAS_L2_SIZE": "1", "OMP_NUM_THREADS": "8", "HOME": "/h"]
    let pinned = WorkerEnvironment.pinned(given, processorFlags: Set(flags.split(separator: " ").map(String.init)))
    #expect(pinned["OPENBLAS_CORETYPE"] == kernels)
    #expect(pinned["OPENBLAS_L2_SIZE"] == nil)
    #expect(pinned["OMP_NUM_THREADS"] == "1")
    #expect(pinned["OMP_WAIT_POLICY"] == "passive")
    #expect(pinned["OPENBLAS_NUM_THREADS"] == "1")
    #expect(pinned["HOME"] == "/h")
  }
}
