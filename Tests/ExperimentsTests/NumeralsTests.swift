import Experiments
import Testing

struct NumeralsTests {
  @Test(arguments: [
    (0.0, "0"), (-0.0, "0"), (0.38123, "0.3812"), (-38.1234, "−38.12"), (3812.6, "3813"), (9.99996, "10.00"),
    (123_456.7, "123457"), (0.00012345, "0.0001234"), (0.0000012, "1.2e−6"), (-12_345_678, "−1.235e7"),
    (.infinity, "∞"), (-.infinity, "−∞"), (.nan, "not a number"),
  ])
  func `a value keeps its significant digits and never loses whole ones`(value: Double, text: String) {
    #expect(Numerals.significant(value) == text)
  }

  @Test func `a value that rounds to zero has no sign`() {
    #expect(Numerals.fixed(-0.004, decimals: 2) == "0.00")
    #expect(Numerals.fixed(-0.006, decimals: 2) == "−0.01")
  }

  @Test(arguments: [(0, "0"), (999, "999"), (1000, "1,000"), (-1_234_567, "−1,234,567"), (100_000, "100,000")])
  func `thousands stand apart`(value: Int, text: String) {
    #expect(Numerals.count(value) == text)
  }

  @Test(arguments: [
    (0.38123, 0.0968, "0.381 ± 0.097"), (38.1234, 12.3, "38 ± 12"), (3812, 150, "3812 ± 150"),
    (1.5, 0, "1.500 ± 0"), (3.5e-8, 2e-9, "3.5e−8 ± 2e−9"), (-2.25, 0.5, "−2.25 ± 0.50"),
  ])
  func `a spread decides the decimals of its value`(value: Double, spread: Double, text: String) {
    #expect(Numerals.spread(value, spread) == text)
  }

  @Test func `the ends of an interval have the decimals of their spread`() {
    #expect(Numerals.range(0.7896, 1.3104, deviation: 0.094) == "0.790 to 1.310")
    #expect(Numerals.range(-12.34, 0.5, deviation: 3) == "−12.3 to 0.5")
    #expect(Numerals.range(1e-7, 2e-7, deviation: 1e-8) == "1e−7 to 2e−7")
  }

  @Test func `a value without a spread stands alone`() {
    #expect(Numerals.spread(0.38123, nil) == "0.3812")
  }

  @Test(arguments: [(0.0142, "0.014"), (0.5, "0.50"), (1.0, "1.0"), (0.00003, "< 0.0001"), (0.0, "< 0.0001")])
  func `a tiny probability is a bound`(value: Double, text: String) {
    #expect(Numerals.probability(value) == text)
  }

  @Test(arguments: [
    (0.417, "0.42 s"), (12.34, "12.3 s"), (59.96, "1 min 00 s"), (245, "4 min 05 s"), (7384, "2 h 03 min"),
    (1e308, "1e308 s"), (.infinity, "∞ s"),
  ])
  func `a time is told in the units a person would use`(seconds: Double, text: String) {
    #expect(Numerals.duration(seconds: seconds) == text)
  }

  @Test(arguments: [(512, "512 bytes"), (1536, "1.5 KiB"), (627_048_448, "598 MiB"), (1_073_741_824, "1.0 GiB")])
  func `a size is told in binary units`(bytes: Int, text: String) {
    #expect(Numerals.bytes(bytes) == text)
  }
}
