import CKernels
import Foundation
import Testing

/// The elementary functions, Adam, and the channel kernels against plain loops in double precision.
struct KernelTests {
  typealias ArrayFunction = (UnsafeMutablePointer<Float>?, UnsafePointer<Float>?, Int) -> Void

  private func applied(_ function: ArrayFunction, to x: [Float]) -> [Float] {
    var y = [Float](repeating: .nan, count: x.count)
    function(&y, x, x.count)
    return y
  }

  /// Every 9973rd number of the float32 line between two positive bit patterns.
  private func sweep(_ range: Range<Float>) -> [Float] {
    stride(from: range.lowerBound.bitPattern, to: range.upperBound.bitPattern, by: 9973).map(Float.init(bitPattern:))
  }

  @Test func `the exponential is right to two units in the last place`() {
    let x = sweep(1e-9..<88.72) + sweep(1e-9..<87.3).map { -$0 }
    #expect(largestError(applied(kernel_exp, to: x), x.map { exp(Double($0)) }) <= 2)
  }

  @Test func `the logarithm is right to two units in the last place, for subnormal numbers too`() {
    let x = sweep(Float.leastNonzeroMagnitude..<Float.greatestFiniteMagnitude) + sweep(0.9..<1.1)
    #expect(largestError(applied(kernel_log, to: x), x.map { log(Double($0)) }) <= 2)
  }

  @Test func `the hyperbolic tangent is right to four units in the last place and odd`() {
    let x = sweep(1e-30..<100)
    let y = applied(kernel_tanh, to: x)
    #expect(largestError(y, x.map { tanh(Double($0)) }) <= 4)
    #expect(applied(kernel_tanh, to: x.map { -$0 }) == y.map { -$0 })
  }

  @Test func `the elementary functions keep their limits and hand NaN on`() {
    let (none, beyond) = (-Float.infinity, Float.infinity)
    #expect(applied(kernel_exp, to: [none, -200, 0, 89, beyond]) == [0, 0, 1, beyond, beyond])
    #expect(applied(kernel_log, to: [0, 1, beyond]) == [none, 0, beyond])
    #expect(applied(kernel_tanh, to: [none, -50, 0, 50, beyond]) == [-1, -1, 0, 1, 1])
    #expect(applied(kernel_log, to: [-1, none, .nan]).map(\.isNaN) == [true, true, true])
    #expect(applied(kernel_exp, to: [.nan])[0].isNaN && applied(kernel_tanh, to: [.nan])[0].isNaN)
  }

  @Test(arguments: [1, 7, 16, 17, 100])
  func `a function of a number does not depend on where in an array it stands`(count: Int) {
    let x = numbers(200).map { $0 * 20 }
    for function in [kernel_exp, kernel_tanh] as [ArrayFunction] {
      let all = applied(function, to: x)
      for start in [0, 1, 5, 31] {
        let part = Array(x[start..<start + count])
        #expect(applied(function, to: part) == Array(all[start..<start + count]))
      }
    }
  }

  @Test(arguments: [(1, 1), (15, 2), (16, 3), (100, 1000)])
  func `Adam moves as its formula says`(count: Int, t: Int) {
    let (rate, beta1, beta2, epsilon) = (Float(1e-3), Float(0.9), Float(0.999), Float(1e-8))
    let (start, gradient) = (numbers(count, seed: 1), numbers(count, seed: 2))
    let (m0, v0) = (numbers(count, seed: 3), numbers(count, seed: 4).map(abs))
    var (values, first, second) = (start, m0, v0)
    var rule = kernel_adam_rule(t: UInt64(t), rate: rate, beta1: beta1, beta2: beta2, epsilon: epsilon)
    kernel_adam(&values, gradient, &first, &second, count, &rule)
    let (b1, b2) = (Double(beta1), Double(beta2))
    for i in 0..<count {
      let g = Double(gradient[i])
      let m = b1 * Double(m0[i]) + (1 - b1) * g
      let v = b2 * Double(v0[i]) + (1 - b2) * g * g
      let move = Double(rate) / (1 - pow(b1, Double(t))) * m / ((v / (1 - pow(b2, Double(t)))).squareRoot() + 1e-8)
      // A few roundings of float32: 2^-24 relative to the largest term of each sum, of size at most one.
      #expect(abs(Double(first[i]) - m) < 2e-7 && abs(Double(second[i]) - v) < 2e-7)
      #expect(abs(Double(values[i]) - (Double(start[i]) - move)) < 2e-7 + 1e-6 * abs(move))
    }
  }

  @Test func `a parameter whose gradient has always been zero stays where it is`() {
    var (values, first, second) = ([Float(0.25)], [Float(0)], [Float(0)])
    var rule = kernel_adam_rule(t: 1, rate: 0.1, beta1: 0.9, beta2: 0.999, epsilon: 1e-8)
    kernel_adam(&values, [0], &first, &second, 1, &rule)
    #expect(values == [0.25] && first == [0] && second == [0])
  }

  @Test(arguments: [1, 16], [1, 12, 49])
  func `a bias is added to its channel and the leaky slope follows`(block: Int, area: Int) {
    let (batch, channels) = (3, 32)
    let (x, bias) = (numbers(batch * channels * area), numbers(channels, seed: 9))
    let input = block == 16 ? blocked(x, batch: batch, channels: channels, area: area) : x
    var (linear, leaky) = (input, [Float](repeating: .nan, count: x.count))
    kernel_channel_bias(&leaky, input, bias, batch, channels, area, block, 1, 0.25)
    linear.withUnsafeMutableBufferPointer { memory in
      kernel_channel_bias(memory.baseAddress, memory.baseAddress, bias, batch, channels, area, block, 0, 0)
    }
    let sums = x.indices.map { x[$0] + bias[$0 / area % channels] }
    func asLaidOut(_ values: [Float]) -> [Float] {
      block == 16 ? blocked(values, batch: batch, channels: channels, area: area) : values
    }
    #expect(linear == asLaidOut(sums))
    #expect(leaky == asLaidOut(sums.map { $0 > 0 ? $0 : 0.25 * $0 }))
  }

  @Test(arguments: [1, 16], [1, 13, 784])
  func `a channel's sum runs over batch and area`(block: Int, area: Int) {
    let (batch, channels) = (5, 32)
    let x = numbers(batch * channels * area)
    let input = block == 16 ? blocked(x, batch: batch, channels: channels, area: area) : x
    var sums = [Float](repeating: .nan, count: channels)
    kernel_channel_sum(&sums, input, batch, channels, area, block)
    var expected = [Double](repeating: 0, count: channels)
    for (i, value) in x.enumerated() { expected[i / area % channels] += Double(value) }
    // Up to 13 float additions a lane of numbers below one, and the rounding of a result below a hundred.
    #expect(largestDifference(sums, expected) < 1e-5)
  }

  @Test func `images go into blocks of sixteen channels and back`() {
    let (batch, channels, area) = (2, 48, 7)
    let x = numbers(batch * channels * area)
    var (blocks, back) = (x, x)
    kernel_to_blocked16(&blocks, x, batch, channels, area)
    #expect(blocks == blocked(x, batch: batch, channels: channels, area: area))
    kernel_from_blocked16(&back, blocks, batch, channels, area)
    #expect(back == x)
  }

  @Test(arguments: [1, 3, 20])
  func `a block that is not full is filled up with zeros, and they do not come back`(channels: Int) {
    let (batch, area, wide) = (2, 7, (channels + 15) / 16 * 16)
    let x = numbers(batch * channels * area)
    var full = [Float](repeating: 0, count: batch * wide * area)
    for image in 0..<batch {
      for i in 0..<(channels * area) { full[image * wide * area + i] = x[image * channels * area + i] }
    }
    var (blocks, back) = ([Float](repeating: .nan, count: full.count), x.map { _ in Float.nan })
    kernel_to_blocked16(&blocks, x, batch, channels, area)
    #expect(blocks == blocked(full, batch: batch, channels: wide, area: area))
    kernel_from_blocked16(&back, blocks, batch, channels, area)
    #expect(back == x)
  }

  @Test func `one core does some arithmetic, and the measured amount is one that a core can do`() {
    // From a slow core without vectors to the widest there are: two units of 16 lanes at 6 GHz do 384 GFLOP/s.
    #expect((1e8..<1e12).contains(kernel_fma_peak(0.01)))
  }

  @Test func `the instruction set has a name`() {
    #expect(["avx512", "avx2", "portable"].contains(String(cString: kernel_instruction_set())))
  }
}
