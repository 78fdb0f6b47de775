package import Tensors

/// Runs programs on one core of the processor: own fused kernels, and oneDNN for convolutions and matrix products.
///
/// Planning goes in five stages, each a value: the `Survey` finds what is needed, `Layouts` choose how images lie in
/// memory, the `Grouping` fuses nodes into units of work, the `Schedule` orders these, and the `Planner` turns each
/// into steps over buffers that the `Arena` places.
package struct CPUExecutor: Executor {
  package init() {}

  /// - Throws: `ExecutionError` where no acceptable implementation exists.
  package func compile(_ program: Program, parameters: ParameterStore) throws -> any Executable {
    try plan(program, parameters: parameters)
  }

  /// The plan itself, for those who want to look into it.
  package func plan(_ program: Program, parameters: ParameterStore) throws -> Plan {
    let survey = Survey(program)
    let layouts = Layouts(survey)
    let grouping = Grouping(survey, layouts: layouts)
    var planner = Planner(program, survey: survey, layouts: layouts, parameters: parameters)
    for group in scheduled(grouping.groups, survey: survey) { try planner.lower(group) }
    planner.finish()
    return try planner.plan()
  }
}
