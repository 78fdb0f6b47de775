import Datasets
import Experiments
import Tensors
import Testing

@testable import Training

@Suite struct BatchesTests {
  @Test func `an epoch takes items once each and drops what fills no batch`() throws {
    var batches = try Batches(of: .arcs(53), Sample(batch: 10).configuration(), seed: 1)
    let first = (0..<5).flatMap { batches.indices(step: $0) }
    let second = (5..<10).flatMap { batches.indices(step: $0) }
    for epoch in [first, second] {
      #expect(epoch.count == 50)
      #expect(Set(epoch).count == 50)
      #expect(epoch.allSatisfy { (0..<53).contains($0) })
    }
    #expect(first != second)
  }

  @Test func `a batch depends on seed and step alone, not on the batches before`() throws {
    let configuration = try Sample(batch: 10).configuration()
    var whole = Batches(of: .arcs(), configuration, seed: 1)
    var late = Batches(of: .arcs(), configuration, seed: 1)
    var other = Batches(of: .arcs(), configuration, seed: 2)
    let all = (0..<8).map { Array(whole.indices(step: $0)) }
    #expect(Array(late.indices(step: 7)) == all[7])
    #expect(Array(other.indices(step: 7)) != all[7])
  }

  @Test func `bytes arrive as shares of 255, item after item`() throws {
    let dataset = Dataset.squares(10)
    var batches = try Batches(of: dataset, Sample(batch: 4).configuration(), seed: 1)
    let values = [Float](unsafeUninitializedCapacity: 4 * 784) { buffer, count in
      batches.fill(UnsafeMutableBufferPointer(rebasing: buffer[..<(4 * 784)]), step: 1)
      count = 4 * 784
    }
    let expected = batches.indices(step: 1).flatMap { dataset.train.matrix([Int($0)]).values }
    #expect(values == expected)
    #expect(Set(values) == [0, 1])
  }
}
