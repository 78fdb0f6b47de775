internal import CKernels
import Tensors

/// Fills a buffer with the random numbers of a purpose on the run's stream.
struct RandomStep: Step {
  let kind: RandomDraw.Kind
  let purpose: String
  let output: UnsafeMutableBufferPointer<Float>
  /// Room for a permutation's whole numbers.
  let scratch: UnsafeMutablePointer<Float>

  func run(_ context: RunContext) {
    let generator = Generator(seed: context.seed).split(purpose)
    switch kind {
    case .uniform: generator.fillUniform(output, stream: context.step)
    case .normal: generator.fillNormal(output, stream: context.step)
    case .permutation:
      scratch.withMemoryRebound(to: Int32.self, capacity: output.count) { scratch in
        kernel_permutation_float(output.baseAddress, scratch, output.count, generator.key, context.step)
      }
    }
  }
}
