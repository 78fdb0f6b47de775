import Execution
import NaiveTwin
import Networks
import Tensors
import Testing

@Suite struct NormalizationTests {
  /// Two channels: 0 and 4 have mean 2 and biased variance 4, 1 and 1 mean 1 and variance 0.
  private let batch: [Double] = [0, 1, 4, 1]

  @Test(arguments: [
    (BatchNorm.Convention.pytorch(momentum: 0.25), [0.5, 0.25], [2.75, 0.75]),
    (.tensorFlow(decay: 0.75), [0.5, 0.25], [1.75, 0.75]),
  ])
  func `running statistics follow the batch's, PyTorch's variance as the unbiased one`(
    convention: BatchNorm.Convention, means: [Double], variances: [Double]
  ) {
    let graph = Graph(isTraining: true)
    _ = BatchNorm("norm", channels: 2, convention: convention)(graph.input("x", [2, 2]))
    let values = NaiveTwin.evaluate(
      graph.assignments.map(\.value), inputs: ["x": batch],
      parameters: ["norm.running_mean": [0, 0], "norm.running_var": [1, 1]])
    #expect(values == [means, variances])
  }

  @Test func `a trained normalisation gives mean zero and variance one in each channel, then weight and bias`() {
    let graph = Graph(isTraining: true)
    let y = BatchNorm("norm", channels: 2, convention: .pytorch(epsilon: 0.25))(graph.input("x", [2, 2]))
    let parameters = [
      "norm.weight": [2, 3], "norm.bias": [0.5, -1], "norm.running_mean": [9, 9], "norm.running_var": [9, 9],
    ]
    let values = NaiveTwin.evaluate([y], inputs: ["x": batch], parameters: parameters)[0]
    let end = 2 * 2 / 4.25.squareRoot()
    for (value, expected) in zip(values, [0.5 - end, -1, 0.5 + end, -1]) { #expect(abs(value - expected) < 1e-12) }
  }

  @Test func `states are named as PyTorch names them, and an optimiser leaves them alone`() {
    let graph = Graph(isTraining: true)
    _ = BatchNorm("norm", channels: 2)(graph.input("x", [2, 2]))
    #expect(graph.trainedParameters.compactMap { Parameter($0)?.name } == ["norm.weight", "norm.bias"])
    #expect(graph.assignments.compactMap { Parameter($0.state)?.name } == ["norm.running_mean", "norm.running_var"])
  }

  /// The largest singular value of diag(3, 2, 1) is 3, and each step of the iteration shrinks what is left of the others
  /// at least by (2 / 3)².
  @Test func `the power iteration over many runs finds the largest singular value`() throws {
    let graph = Graph(isTraining: true)
    let y = Linear("map", 3, 3, normalization: .spectral)(graph.input("x", [1, 3]))
    let store = ParameterStore()
    store.add(parametersOf: graph, seed: 3)
    _ = store.values("map.weight").update(fromContentsOf: [0, 0, 3, 0, -2, 0, 1, 0, 0])
    store.values("map.bias").update(repeating: 0)
    let executable = try CPUExecutor().compile(Program(graph: graph, outputs: [("y", y)]), parameters: store)
    _ = executable.input("x").update(fromContentsOf: [3, 3, 3])
    for step in 0..<40 { executable.run(seed: 0, step: UInt64(step)) }
    for (value, expected) in zip(executable.output("y"), [3, -2, 1] as [Float]) {
      #expect(abs(value - expected) < 1e-5)
    }
  }

  @Test(arguments: [false, true])
  func `convolutions and maps divide by the same number, kept from run to run in training alone`(isTraining: Bool) {
    let graph = Graph(isTraining: isTraining)
    let map = Linear("layer", 3, 2, normalization: .spectral, initialization: .glorot)
    let convolution = Conv2D.same("layer.image", 3, 2, kernel: 1, stride: 1, normalization: .spectral)
    let results = [
      map(graph.input("x", [1, 3])), convolution(graph.input("x", [1, 3]).reshaped([1, 3, 1, 1])).flattened,
    ]
    let weights: [Double] = [1, 2, 3, -1, 0.5, 2]
    let parameters = [
      "layer.weight": weights, "layer.image.weight": weights, "layer.bias": [1, 2], "layer.image.bias": [1, 2],
      "layer.weight_u": [1, 0.5], "layer.image.weight_u": [1, 0.5],
    ]
    let values = NaiveTwin.evaluate(results, inputs: ["x": [1, -1, 2]], parameters: parameters)
    for (one, other) in zip(values[0], values[1]) { #expect(abs(one - other) < 1e-12) }
    #expect(graph.assignments.count == (isTraining ? 2 : 0))
  }

  @Test func `a same convolution halves sizes upwards, and its adjoint doubles them`() {
    let graph = Graph()
    for kernel in 3...6 {
      let convolution = Conv2D.same("conv\(kernel)", 3, 2, kernel: kernel, stride: 2)
      let transposed = ConvTranspose2D.same("transposed\(kernel)", 3, 2, kernel: kernel, stride: 2)
      #expect(convolution(graph.input("odd", [1, 3, 7, 7])).shape == [1, 2, 4, 4])
      #expect(convolution(graph.input("even", [1, 3, 8, 8])).shape == [1, 2, 4, 4])
      #expect(transposed(graph.input("odd", [1, 3, 7, 7])).shape == [1, 2, 14, 14])
    }
  }

  @Test func `initial weights are as far spread as they are asked to be`() {
    let graph = Graph()
    let x = graph.input("x", [1, 100])
    _ = Linear("truncated", 100, 100, initialization: .truncatedNormal(deviation: 0.5))(x)
    _ = Linear("glorot", 100, 50, initialization: .glorot)(x)
    let store = ParameterStore()
    store.add(parametersOf: graph, seed: 1)
    let (truncated, glorot) = (store.values("truncated.weight"), store.values("glorot.weight"))
    #expect(truncated.allSatisfy { abs($0) <= 1 } && truncated.contains { abs($0) > 0.9 })
    // A normal number within two deviations has the variance 0.7737; ten thousand of them give it to 0.02.
    let variance = truncated.reduce(0) { $0 + $1 * $1 } / 10_000 / 0.25
    #expect(abs(variance - 0.7737) < 0.02)
    #expect(glorot.allSatisfy { abs($0) <= 0.2 } && glorot.contains { abs($0) > 0.19 })
    #expect(store.values("glorot.bias").allSatisfy { $0 == 0 })
  }
}
