import Tensors
import Testing

@Suite struct ParameterStoreTests {
  private let names = ["bias", "scale", "weight"]

  @Test func `slices start on borders of 64 bytes, in the order in which the graph met them`() {
    let store = store(of: names, seed: 1)
    #expect(store.slices.map(\.name) == names)
    for name in names {
      for buffer in [store.values(name), store.firstMoment(name), store.secondMoment(name)] {
        #expect(Int(bitPattern: buffer.baseAddress) % 64 == 0)
        #expect(buffer.count == 15)
      }
    }
  }

  @Test func `slices do not overlap`() {
    let store = store(of: names, seed: 1)
    for (index, name) in names.enumerated() { store.values(name).update(repeating: Float(index)) }
    for (index, name) in names.enumerated() { #expect(store.values(name).allSatisfy { $0 == Float(index) }) }
  }

  @Test func `moments and the gaps between slices are zero at first`() {
    let store = store(of: names, seed: 1)
    for name in names {
      #expect(store.firstMoment(name).allSatisfy { $0 == 0 })
      #expect(store.secondMoment(name).allSatisfy { $0 == 0 })
      let slice = store.values(name)
      // Fifteen numbers leave a gap of one up to the next border.
      #expect(slice.baseAddress?[15] == 0)
    }
  }

  @Test func `adding again keeps values and moments, and adds what is new`() {
    let store = store(of: ["weight"], seed: 1)
    store.values("weight").update(repeating: 7)
    store.firstMoment("weight").update(repeating: 8)
    store.add(parametersOf: graph(of: ["bias", "weight"]), seed: 1)
    store.add(parametersOf: graph(of: ["bias", "weight"]), seed: 2)
    #expect(store.slices.map(\.name) == ["weight", "bias"])
    #expect(store.values("weight").allSatisfy { $0 == 7 })
    #expect(store.firstMoment("weight").allSatisfy { $0 == 8 })
    #expect(Array(store.values("bias")) == values(of: "bias", in: self.store(of: ["bias"], seed: 1)))
  }

  @Test func `first values depend on name and seed, not on order or company`() {
    let forwards = store(of: names, seed: 5)
    let backwards = store(of: names.reversed(), seed: 5)
    let otherSeed = store(of: names, seed: 6)
    for name in names {
      #expect(values(of: name, in: forwards) == values(of: name, in: backwards))
      #expect(values(of: name, in: forwards) == values(of: name, in: store(of: [name], seed: 5)))
      #expect(values(of: name, in: forwards) != values(of: name, in: otherSeed))
    }
    #expect(values(of: "bias", in: forwards) != values(of: "weight", in: forwards))
  }

  private func graph(of names: [String]) -> Graph {
    let graph = Graph()
    for name in names { _ = graph.parameter(name, [3, 5], .uniform(fanIn: 5)) }
    return graph
  }

  private func store(of names: [String], seed: UInt64) -> ParameterStore {
    let store = ParameterStore()
    store.add(parametersOf: graph(of: names), seed: seed)
    return store
  }

  private func values(of name: String, in store: ParameterStore) -> [Float] { Array(store.values(name)) }
}

@Suite struct InitializerTests {
  private let count = 20_000

  @Test func `a constant is that number everywhere`() {
    #expect(filled(by: .constant(0.25)).allSatisfy { $0 == 0.25 })
  }

  @Test(arguments: [1, 25, 784])
  func `uniform numbers fill the range of one over the root of the fan-in`(fanIn: Int) {
    let values = filled(by: .uniform(fanIn: fanIn)).map(Double.init)
    let bound = 1 / Double(fanIn).squareRoot()
    #expect(values.allSatisfy { abs($0) <= bound * (1 + 1e-6) })  // The bound is rounded to float32.
    // None of 20,000 within 0.1 % of an end of the range has the probability e⁻¹⁰.
    #expect((values.max() ?? 0) > 0.999 * bound && (values.min() ?? 0) < -0.999 * bound)
    expectMoments(of: values, deviation: bound / 3.0.squareRoot(), kurtosis: 9.0 / 5)
  }

  @Test(arguments: [Float(0.02), 1])
  func `normal numbers have the mean zero and the deviation asked for`(deviation: Float) {
    let values = filled(by: .normal(deviation: deviation)).map(Double.init)
    expectMoments(of: values, deviation: Double(deviation), kurtosis: 3)
  }

  /// Mean and variance within five standard errors: σ / √n, and σ² √((κ − 1) / n).
  private func expectMoments(of values: [Double], deviation: Double, kurtosis: Double) {
    let n = Double(values.count)
    let variance = deviation * deviation
    let mean = values.reduce(0, +) / n
    let square = values.reduce(0) { $0 + $1 * $1 } / n
    #expect(abs(mean) < 5 * deviation / n.squareRoot())
    #expect(abs(square - variance) < 5 * variance * ((kurtosis - 1) / n).squareRoot())
  }

  private func filled(by initializer: Initializer) -> [Float] {
    var values = Array(repeating: Float.nan, count: count)
    values.withUnsafeMutableBufferPointer { initializer.fill($0, name: "weight", seed: 3) }
    return values
  }
}
