import Foundation
import Harness
import Testing

/// What a profile says, from steps whose times are known.
@Suite struct ProfileTests {
  /// On a core of 100 GFLOP/s a millisecond in all: a convolution, a pass over memory, and twenty small steps.
  private func profile() throws -> TrainingProfile {
    let convolution = step(
      "convolution [1, 16, 8, 8] * 16 of 3×3 / 1 by jit:avx512_core", 6e-4, operations: 3e7, bytes: 1e5)
    let pass = step("fused 3 over [64, 1024]", 3e-4, operations: 0, bytes: 6e6)
    let small = (0..<20).map { step("slice \($0)", 5e-6, operations: 0, bytes: 1e3) }
    let part: [String: Any] = ["part": "model", "steps": [pass] + small + [convolution], "arenaBytes": 0]
    let object: [String: Any] = ["experiment": "dpvae/glyphs/vae", "peak": 1e11, "parts": [part]]
    return try JSONDecoder().decode(TrainingProfile.self, from: JSONSerialization.data(withJSONObject: object))
  }

  private func step(_ label: String, _ seconds: Double, operations: Double, bytes: Double) -> [String: Any] {
    ["label": label, "seconds": seconds, "operations": operations, "bytes": bytes]
  }

  @Test func `the longest steps come first, with their share of the time and their rates`() throws {
    let profile = try profile()
    let listing = profile.listing(of: try #require(profile.parts.first))
    #expect(listing.columns == ["step of model", "ms", "time", "rate", "of peak"])
    #expect(
      Array(listing.rows.prefix(2)) == [
        ["convolution [1, 16, 8, 8] * 16 of 3×3 / 1", "0.600", "60.0%", "50 GFLOP/s", "50%"],
        ["fused 3 over [64, 1024]", "0.300", "30.0%", "20 GB/s", ""],
      ])
  }

  @Test func `what is left of a twentieth of the time is told together, and the sum is that of all steps`() throws {
    let profile = try profile()
    let listing = profile.listing(of: try #require(profile.parts.first))
    // Ten or eleven of the small steps, half a percent each, bring what is told to nineteen twentieths.
    #expect((14...15).contains(listing.rows.count))
    let others = try #require(listing.rows.dropLast().last)
    #expect(others[0].hasSuffix(" other steps"))
    #expect(listing.rows.last == ["in all", "1.000", "", "30 GFLOP/s", "30%"])
    let told = listing.rows.dropLast().compactMap { Double($0[1]) }.reduce(0, +)
    #expect(abs(told - 1) < 1e-9)
  }
}
