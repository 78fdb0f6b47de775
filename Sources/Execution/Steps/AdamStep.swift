internal import CKernels
import Tensors

/// One step of Adam on every parameter: its value and both moments in a single pass.
struct AdamStep: Step {
  private let optimizer: Adam
  private let slices: [AdamSlice]
  private let gradients: [UnsafeMutablePointer<Float>]

  init(optimizer: Adam, slices: [AdamSlice], gradients: [UnsafeMutablePointer<Float>]) {
    self.optimizer = optimizer
    self.slices = slices
    self.gradients = gradients
  }

  func run(_ context: RunContext) {
    var rule = kernel_adam_rule(optimizer, context)
    for index in slices.indices {
      let slice = slices[index]
      kernel_adam(
        slice.values.baseAddress, gradients[index], slice.first.baseAddress, slice.second.baseAddress,
        slice.values.count, &rule)
    }
  }
}

/// One step of Adam on a matrix `[rows, columns]` whose gradient is the product of two, `[terms, rows]` transposed and
/// `[terms, columns]`.
struct ProductAdamStep: Step {
  let optimizer: Adam
  let slice: AdamSlice
  let product: GradientProduct
  let left: UnsafeMutablePointer<Float>
  let right: UnsafeMutablePointer<Float>
  let scratch: UnsafeMutablePointer<Float>

  func run(_ context: RunContext) {
    var rule = kernel_adam_rule(optimizer, context)
    var matrix = kernel_adam_matrix(
      values: slice.values.baseAddress, first: slice.first.baseAddress, second: slice.second.baseAddress,
      rows: product.rows, columns: product.columns)
    kernel_product_adam(&matrix, left, right, product.terms, &rule, scratch)
  }
}

/// A parameter and its moments.
struct AdamSlice {
  let values: UnsafeMutableBufferPointer<Float>
  let first: UnsafeMutableBufferPointer<Float>
  let second: UnsafeMutableBufferPointer<Float>

  init(_ tensor: Tensor, in store: ParameterStore) {
    guard let parameter = tensor.node.operation as? Parameter else {
      preconditionFailure("only parameters are updated, not \(tensor.node.operation)")
    }
    values = store.values(parameter.name)
    first = store.firstMoment(parameter.name)
    second = store.secondMoment(parameter.name)
  }
}

extension kernel_adam_rule {
  /// The optimiser at the step of a run.
  fileprivate init(_ optimizer: Adam, _ context: RunContext) {
    self.init(
      t: context.step + 1, rate: optimizer.rate(at: context.step), beta1: optimizer.beta1, beta2: optimizer.beta2,
      epsilon: optimizer.epsilon)
  }
}
