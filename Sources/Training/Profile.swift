package import Execution
package import Experiments
import Methods
import Tensors

/// Times each step of the plans that a training of this configuration runs in an iteration.
///
/// Items are uniform noise, which costs what data does; the weights are first values and are thrown away.
/// - Returns: for each part of an iteration its name and its steps in order.
/// - Throws: `SettingsError`, and what the executor throws on compiling.
package func profile(_ configuration: Configuration, runs: Int) throws -> [PartProfile] {
  let program = try TrainingProgram(configuration, trainCount: configuration.training.batch)
  let parameters = ParameterStore()
  for part in program.parts { parameters.add(parametersOf: part.program.graph, seed: 0) }
  return try program.parts.map { part in
    let plan = try CPUExecutor().plan(part.program, parameters: parameters)
    for (input, _) in part.feeds { Generator(seed: 0).split(input).fillUniform(plan.input(input)) }
    return PartProfile(part: part.name, steps: plan.profile(runs: runs), arenaBytes: plan.arenaBytes)
  }
}

/// Where the time of one part of an iteration goes.
package struct PartProfile: Codable, Sendable {
  package let part: String
  package let steps: [StepProfile]
  /// Bytes of the buffers that the steps share.
  package let arenaBytes: Int
}
