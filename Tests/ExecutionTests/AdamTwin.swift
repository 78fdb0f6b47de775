import NaiveTwin
import Tensors

/// Adam as Kingma and Ba's Algorithm 1 writes it, in double precision, on gradients of the naive twin.
struct AdamTwin {
  let optimizer: Adam
  private(set) var point: Point
  private var first: [[Double]]
  private var second: [[Double]]
  private let parameters: [Tensor]
  private let gradients: [Tensor]
  private var time = 0

  init(_ update: Update, from point: Point) {
    optimizer = update.optimizer
    parameters = update.parameters
    gradients = update.gradients
    self.point = point
    first = parameters.map { Array(repeating: 0, count: $0.shape.count) }
    second = first
  }

  /// One step, on the random draws of the seed at stream `time`, which counts the steps before it.
  mutating func step(seed: UInt64) {
    let values = NaiveTwin.evaluate(gradients, at: point, seed: seed, step: UInt64(time))
    time += 1
    for (index, gradient) in values.enumerated() { move(index, along: gradient) }
  }

  private mutating func move(_ index: Int, along gradient: [Double]) {
    let (beta1, beta2) = (Double(optimizer.beta1), Double(optimizer.beta2))
    var values = point[parameters[index]]
    for (element, g) in gradient.enumerated() {
      first[index][element] = beta1 * first[index][element] + (1 - beta1) * g
      second[index][element] = beta2 * second[index][element] + (1 - beta2) * g * g
      let mean = first[index][element] / (1 - power(beta1))
      let square = second[index][element] / (1 - power(beta2))
      values[element] -= Double(optimizer.rate) * mean / (square.squareRoot() + Double(optimizer.epsilon))
    }
    point[parameters[index]] = values
  }

  private func power(_ base: Double) -> Double { (0..<time).reduce(1) { power, _ in power * base } }
}
