import CKernels
import Execution
import Tensors
import Testing

/// The update that computes its gradient by itself.
struct ProductAdamTests {
  /// Whole tiles of 6×64 and blocks of 2048 columns, and some that hang over both edges; few terms and many.
  static let sizes = [
    [6, 64, 64], [12, 128, 1], [1, 64, 5], [7, 65, 6], [13, 200, 100], [5, 2114, 17], [64, 63, 256],
  ]

  @Test(arguments: sizes)
  func `an update by a product is Adam with the product for a gradient`(size: [Int]) {
    let (rows, columns, terms) = (size[0], size[1], size[2])
    let (a, b) = (numbers(terms * rows, seed: 1), numbers(terms * columns, seed: 2))
    let start = [3, 4, 5].map { numbers(rows * columns, seed: $0).map { abs($0) + 0.1 } }
    var rule = kernel_adam_rule(t: 3, rate: 1e-2, beta1: 0.9, beta2: 0.99, epsilon: 1e-8)
    var (values, first, second) = (start[0], start[1], start[2])
    kernel_adam(&values, product(a, b, rows, columns, terms), &first, &second, rows * columns, &rule)
    let expected = [values, first, second]
    let updated = update(start, by: a, b, rows, columns, terms, &rule)
    // Gradients of size √terms/3 are off by a few roundings of 2^-24, and a step is a hundredth of their change.
    for part in 0..<3 {
      #expect(
        largestDifference(updated[part], expected[part].map(Double.init)) < 4e-7 * Double(terms).squareRoot() + 2e-7)
    }
  }

  @Test func `numbers beside the matrix are left alone`() {
    let (rows, columns, terms) = (7, 65, 3)
    let start = [3, 4, 5].map { numbers(rows * columns + 32, seed: $0).map(abs) }
    var rule = kernel_adam_rule(t: 1, rate: 1e-2, beta1: 0.9, beta2: 0.99, epsilon: 1e-8)
    let updated = update(start, by: numbers(terms * rows), numbers(terms * columns), rows, columns, terms, &rule)
    for part in 0..<3 { #expect(updated[part].suffix(32) == start[part].suffix(32)) }
  }

  @Test(.enabled(if: String(cString: kernel_instruction_set()) == "avx512", "elsewhere gradients are written out"))
  func `a dense layer's and a covering kernel's gradients go right into the update`() throws {
    let (fused, apart) = (try trained(askingForGradients: false), try trained(askingForGradients: true))
    #expect(fused.listing.filter { $0.hasPrefix("adam by the product") }.count == 2)
    #expect(!fused.listing.contains { $0.hasPrefix("weight gradient") || $0.hasPrefix("product [256, 32]") })
    // Three steps of 1e-3 each; the sums behind them differ in their order.
    for name in ["dense", "kernel", "bias"] {
      #expect(largestDifference(Array(fused.store.values(name)), apart.store.values(name).map(Double.init)) < 2e-5)
    }
    #expect(largestDifference(Array(fused.store.values("dense")), fused.start) > 2e-3, "the test moves nothing")
  }

  @Test func `a gradient that is asked for as well is written out`() throws {
    #expect(!(try trained(askingForGradients: true)).listing.contains { $0.hasPrefix("adam by the product") })
  }

  private static func network(_ graph: Graph) -> Tensor {
    let images = graph.input("images", [32, 16, 4, 4])
    let kernel = graph.parameter("kernel", [512, 16, 4, 4], .uniform(fanIn: 256))
    let bias = graph.parameter("bias", [512], .constant(0))
    let hidden = images.convolved(with: kernel, ConvolutionGeometry(stride: 1, padding: 0)).addingChannelBias(bias)
      .relu.reshaped([32, 512])
    let dense = graph.parameter("dense", [256, 512], .uniform(fanIn: 512))
    return hidden.matmul(dense, transposed: (false, true)).square.sum()
  }

  /// The store after three steps, the plan's listing, and what the dense layer started from.
  private func trained(
    askingForGradients asks: Bool
  ) throws -> (store: ParameterStore, listing: [String], start: [Double]) {
    let graph = Graph()
    let loss = Self.network(graph)
    let update = Update(of: graph.trainedParameters, toLessen: loss, by: Adam(rate: 1e-3))
    let outputs = asks ? update.gradients.enumerated().map { (name: "\($0)", tensor: $1) } : []
    let store = ParameterStore()
    store.add(parametersOf: graph, seed: 1)
    let start = store.values("dense").map(Double.init)
    let plan = try CPUExecutor().plan(Program(graph: graph, outputs: outputs, update: update), parameters: store)
    _ = plan.input("images").update(fromContentsOf: numbers(32 * 256, seed: 9))
    for step in UInt64(0)..<3 { plan.run(seed: 1, step: step) }
    return (store, plan.listing, start)
  }

  private func product(_ a: [Float], _ b: [Float], _ rows: Int, _ columns: Int, _ terms: Int) -> [Float] {
    (0..<rows * columns).map { place in
      let (row, column) = place.quotientAndRemainder(dividingBy: columns)
      return Float((0..<terms).reduce(0.0) { $0 + Double(a[$1 * rows + row]) * Double(b[$1 * columns + column]) })
    }
  }

  private func update(
    _ start: [[Float]], by a: [Float], _ b: [Float], _ rows: Int, _ columns: Int, _ terms: Int,
    _ rule: inout kernel_adam_rule
  ) -> [[Float]] {
    var (values, first, second) = (start[0], start[1], start[2])
    var scratch = [Float](repeating: .nan, count: kernel_product_adam_scratch(columns, terms))
    values.withUnsafeMutableBufferPointer { values in
      first.withUnsafeMutableBufferPointer { first in
        second.withUnsafeMutableBufferPointer { second in
          var matrix = kernel_adam_matrix(
            values: values.baseAddress, first: first.baseAddress, second: second.baseAddress, rows: rows,
            columns: columns)
          kernel_product_adam(&matrix, a, b, terms, &rule, &scratch)
        }
      }
    }
    return [values, first, second]
  }
}
