package import Tensors

/// Runs programs on the processor: own fused kernels, and oneDNN for convolutions and matrix products.
///
/// Planning goes in five stages, each a value: the `Survey` finds what is needed, `Layouts` choose how images lie in
/// memory, the `Grouping` fuses nodes into units of work, the `Schedule` orders these, and the `Planner` turns each
/// into steps over buffers that the `Arena` places.
package struct CPUExecutor: Executor {
  private let threads: Int

  /// - Parameter threads: on how many oneDNN's primitives may run; the bits of a result do not depend on it.
  package init(threads: Int = 1) {
    precondition(threads >= 1, "a program cannot run on \(threads) threads")
    self.threads = threads
  }

  /// - Throws: `ExecutionError` where no acceptable implementation exists.
  package func compile(_ program: Program, parameters: ParameterStore) throws -> any Executable {
    try plan(program, parameters: parameters)
  }

  /// The plan itself, for those who want to look into it.
  package func plan(_ program: Program, parameters: ParameterStore) throws -> Plan {
    let survey = Survey(program)
    let layouts = Layouts(survey)
    let grouping = Grouping(survey, layouts: layouts)
    var planner = Planner(program, survey: survey, layouts: layouts, parameters: parameters, threads: threads)
    for group in scheduled(grouping.groups, survey: survey) { try planner.lower(group) }
    planner.finish()
    return try planner.plan()
  }
}
