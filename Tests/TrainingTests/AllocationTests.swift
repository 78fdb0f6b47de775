import AllocationCounter
import Datasets
import Execution
import Experiments
import Methods
import Networks
import Tensors
import Testing

@testable import Training

/// In the middle of an epoch nothing of a training asks the heap for memory, oneDNN's own executions apart.
///
/// Of optimised code only: what the compiler leaves in a debug build boxes closures on the heap. `make test-allocations`.
@Suite(.disabled(if: _isDebugAssertConfiguration(), "the heap is left alone by optimised code only"))
struct AllocationTests {
  @Test(arguments: ["vae", "factor-vae"], ["dpvae-mnist", "two-moons-mlp"])
  func `an iteration allocates nothing`(method: String, network: String) throws {
    let dataset = network == "dpvae-mnist" ? Dataset.squares(200) : .arcs(200)
    var sample = Sample(prior: method == "vae" ? .decoupled : .standard, likelihood: .gaussian(1), network: network)
    sample.method = method
    if method == "factor-vae" { sample.settings = ["gamma": 1, "discriminatorRate": 1e-3] }
    let configuration = try sample.configuration()
    let program = try TrainingProgram(configuration, trainCount: 200)
    var phase = try Phase(
      program.parts, parameters: ParameterStore(), executor: CPUExecutor(), seed: 1,
      batches: { Batches(of: dataset, configuration, seed: 1, purpose: $0) },
      shuffle: { Shuffle(count: $0, batch: 10, by: Generator(seed: 1)) })
    var losses = Losses()
    func iterate(_ steps: Range<Int>) {
      for step in steps {
        phase.run(step: step)
        losses += program.losses(of: phase)
      }
    }
    iterate(0..<1)
    allocation_counter_start()
    iterate(1..<20)
    let counts = allocation_counter_stop()
    #expect(counts.ours == 0)
    #expect(counts.executions > 0 && losses.isFinite)
  }

  @Test func `a batch allocates at the start of an epoch alone, for its order`() throws {
    let sample = Sample(network: "dpvae-mnist", batch: 10)
    var batches = try Batches(of: .squares(40), sample.configuration(), seed: 1)
    let buffer = UnsafeMutableBufferPointer<Float>.allocate(capacity: 10 * 784)
    defer { buffer.deallocate() }
    let allocations = (0..<12).map { step in
      allocation_counter_start()
      batches.fill(buffer, step: step)
      return allocation_counter_stop().ours
    }
    let amid = allocations.enumerated().filter { !$0.offset.isMultiple(of: 4) }.map(\.element)
    #expect(amid.allSatisfy { $0 == 0 }, "\(allocations)")
    #expect(allocations[4] > 0 && allocations[8] > 0, "the counter sees an epoch's order")
  }

  @Test func `running a trained model's program allocates nothing`() throws {
    let graph = Graph()
    let configuration = try Sample(network: "dpvae-mnist").configuration()
    let model = try LatentModel(configuration)
    let images = model.decoder(graph.input("codes", [50, 2]))
    let parameters = ParameterStore()
    parameters.add(parametersOf: graph, seed: 1)
    let executable = try CPUExecutor().compile(
      Program(graph: graph, outputs: [("images", images)]), parameters: parameters)
    executable.run(seed: 0, step: 0)
    allocation_counter_start()
    for _ in 0..<3 {
      executable.input("codes").update(repeating: 0.5)
      executable.run(seed: 0, step: 0)
    }
    let counts = allocation_counter_stop()
    #expect(counts.ours == 0)
    #expect(executable.output("images").allSatisfy { $0.isFinite })
  }
}
