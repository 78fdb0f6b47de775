internal import CKernels
import Tensors

/// A parameter's gradient that is a product of matrices, `[terms, rows]` transposed by `[terms, columns]`, and that
/// nothing reads but the update.
struct GradientProduct {
  let left: Int
  let right: Int
  let rows: Int
  let columns: Int
  let terms: Int

  /// The weights' gradient of a dense layer, or of a convolution whose kernel covers the images; `nil` for anything else.
  init?(_ node: Int, in survey: Survey) {
    let inputs = survey.inputs(node)
    switch survey.operation(node) {
    case let product as Matmul where product.transposesLeft && !product.transposesRight:
      (left, right) = (inputs[0], inputs[1])
    case let gradient as ConvolutionWeightGradient
    where gradient.convolutionShape(output: survey.shape(node), inputs: inputs.map(survey.shape)).isProduct:
      (left, right) = (inputs[1], inputs[0])
    default: return nil
    }
    rows = survey.shape(node)[0]
    columns = survey.shape(node).count / rows
    terms = survey.shape(left)[0]
  }

  /// Whether the kernel that updates while it multiplies is the faster way: on the processors that it is written for,
  /// and for matrices that do not stay in the cache until the update comes.
  var isWorthwhile: Bool {
    Self.hasKernel && rows * columns >= 1 << 16 && columns >= 64 && terms <= 256
  }

  private static let hasKernel = String(cString: kernel_instruction_set()) == "avx512"
}

extension Survey {
  /// The gradients that go from their products right into the update.
  func updatingProducts(of program: Program) -> [Int: GradientProduct] {
    guard let update = program.update else { return [:] }
    let others = program.outputs.map(\.tensor) + graph.assignments.map(\.value)
    var products: [Int: GradientProduct] = [:]
    for gradient in update.gradients.map(\.index) where readers[gradient].isEmpty {
      let isAskedFor = others.contains { $0.index == gradient }
      let isShared = update.gradients.count { $0.index == gradient } > 1
      guard !isAskedFor, !isShared, let product = GradientProduct(gradient, in: self), product.isWorthwhile else {
        continue
      }
      products[gradient] = product
    }
    return products
  }
}

extension Planner {
  /// Emits the optimiser's step on all parameters.
  mutating func lower(_ update: Update, in parameters: ParameterStore) {
    let parts = zip(update.parameters, update.gradients).map { parameter, gradient in
      (slice: AdamSlice(parameter, in: parameters), gradient: gradient.index)
    }
    let optimizer = update.optimizer
    for part in parts {
      guard let product = updatingProducts[part.gradient] else { continue }
      emitUpdate(part.slice, by: optimizer, product)
    }
    let rest = parts.filter { updatingProducts[$0.gradient] == nil }
    guard !rest.isEmpty else { return }
    let gradients = rest.map { buffer(of: $0.gradient, as: .plain) }
    // Values and both moments, read and written.
    let others = 6 * rest.reduce(0) { $0 + $1.slice.values.count }
    emit("adam of \(rest.count) parameters", reads: gradients, writes: [], others: others) { memory in
      AdamStep(optimizer: optimizer, slices: rest.map(\.slice), gradients: gradients.map { memory[$0] })
    }
  }

  private mutating func emitUpdate(_ slice: AdamSlice, by optimizer: Adam, _ product: GradientProduct) {
    let (left, right) = (buffer(of: product.left, as: .plain), buffer(of: product.right, as: .plain))
    let scratch = newBuffer(kernel_product_adam_scratch(product.columns, product.terms))
    emit(
      "adam by the product [\(product.rows), \(product.terms)] · [\(product.terms), \(product.columns)]",
      reads: [left, right], writes: [], scratch: [scratch], others: 6 * slice.values.count,
      operations: 2 * Double(product.rows * product.columns) * Double(product.terms)
    ) { memory in
      ProductAdamStep(
        optimizer: optimizer, slice: slice, product: product, left: memory[left], right: memory[right],
        scratch: memory[scratch])
    }
  }
}
