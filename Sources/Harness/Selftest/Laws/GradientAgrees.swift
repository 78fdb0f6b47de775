import Foundation
import Methods
import Tensors

/// Along its gradient the objective grows as fast as the gradient says, for the weights of each network apart.
///
/// For g the gradient with respect to the encoder's weights alone, or the decoder's, or the prior's, the slope of the
/// objective along g / ‖g‖ is ‖g‖. It is measured by central differences D(h) and D(h / 2), which (4 D(h / 2) − D(h)) / 3
/// rids of their error of second order; the objective changes by 4·10⁻⁴ to either side, and its rounding, near 10⁻⁷ of it,
/// is about a thousandth of that. The networks' weights are twice their first values, which let little through to the
/// encoder: the step to its thousandth would lead over many a kink of ReLUs.
struct GradientAgrees: Law {
  let name = "gradient"
  let statement = "along its gradient the objective grows as fast as the gradient says"

  /// Ten times the rounding, for the kinks of ReLUs that lie on the way.
  private static let tolerance = 1e-2
  private static let share = 4e-4

  func check(_ specimen: Specimen) throws -> Observation {
    let batch = try TinyBatch(specimen)
    let loss = specimen.method.objective(batch.pass)
    let weights = batch.pass.graph.trainedParameters
    let gradients = batch.pass.graph.gradients(of: loss, withRespectTo: weights)
    let executable = try batch.compiled([loss] + gradients)
    let names = weights.compactMap { ($0.node.operation as? Parameter)?.name }
    for name in names where !name.hasPrefix("prior.") {
      for index in batch.parameters.values(name).indices { batch.parameters.values(name)[index] *= 2 }
    }
    executable.run(seed: 0, step: 0)
    let start = Double(executable.scalar("0"))
    let directions = names.indices.map { (name: names[$0], numbers: Array(executable.output("\($0 + 1)"))) }

    var (accounts, holds) = ([String](), true)
    for network in Set(names.map(Self.network)).sorted() {
      let direction = directions.filter { Self.network(of: $0.name) == network }
      let norm = direction.reduce(0) { $0 + $1.numbers.reduce(0) { $0 + Double($1 * $1) } }.squareRoot()
      let slope = norm > 0 ? slope(along: direction, norm, from: start, executable, batch.parameters) : 0
      accounts.append(String(format: "\(network) %.5g against %.5g", slope, norm))
      holds = holds && norm > 0 && abs(slope - norm) <= Self.tolerance * norm
    }
    return Observation(holds: holds, account: accounts.joined(separator: ", "))
  }

  /// `encoder` of `encoder.head.bias`.
  private static func network(of parameter: String) -> String {
    String(parameter.prefix { $0 != "." })
  }

  /// How fast the objective grows along a direction of so long a norm, by central differences.
  private func slope(
    along direction: [(name: String, numbers: [Float])], _ norm: Double, from start: Double,
    _ executable: any Executable, _ parameters: ParameterStore
  ) -> Double {
    let origin = direction.map { Array(parameters.values($0.name)) }
    let loss = { (distance: Double) in
      for (part, values) in zip(direction, origin) {
        let moved = zip(values, part.numbers).map { $0 + Float(distance / norm) * $1 }
        _ = parameters.values(part.name).update(fromContentsOf: moved)
      }
      executable.run(seed: 0, step: 0)
      return Double(executable.scalar("0"))
    }
    let difference = { (distance: Double) in (loss(distance) - loss(-distance)) / (2 * distance) }
    let distance = Self.share * max(abs(start), 1) / norm
    let slope = (4 * difference(distance / 2) - difference(distance)) / 3
    for (part, values) in zip(direction, origin) { _ = parameters.values(part.name).update(fromContentsOf: values) }
    return slope
  }
}
