internal import CKernels
import Tensors

/// One step of Adam on every parameter: its value and both moments in a single pass.
struct AdamStep: Step {
  private let optimizer: Adam
  private let slices: [Slice]
  private let gradients: [UnsafeMutablePointer<Float>]

  init(optimizer: Adam, slices: [Slice], gradients: [UnsafeMutablePointer<Float>]) {
    self.optimizer = optimizer
    self.slices = slices
    self.gradients = gradients
  }

  func run(_ context: RunContext) {
    let rate = optimizer.rate(at: context.step)
    for index in slices.indices {
      let slice = slices[index]
      kernel_adam(
        slice.values.baseAddress, gradients[index], slice.first.baseAddress, slice.second.baseAddress,
        slice.values.count, context.step + 1, rate, optimizer.beta1, optimizer.beta2, optimizer.epsilon)
    }
  }

  /// A parameter and its moments.
  struct Slice {
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
}
