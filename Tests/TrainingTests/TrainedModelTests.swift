import Datasets
import Execution
import Experiments
import Foundation
import Methods
import Tensors
import Testing
import Training

@Suite struct TrainedModelTests {
  @Test(arguments: [MethodSettings.Prior.standard, .decoupled])
  func `what is computed for rows does not depend on how many are asked for`(prior: MethodSettings.Prior) throws {
    let model = try trained(prior)
    let items = Dataset.arcs(600).train.matrix(0..<600)
    let some = Array(0..<301)
    let (whole, part) = (model.encode(items), model.encode(items.picking(some)))
    #expect(part.means == whole.means.picking(some))
    #expect(part.logVariances == whole.logVariances.picking(some))
    let codes = whole.means
    for row in [7, 300, 599] {
      #expect(model.decode(codes).picking([row]) == model.decode(codes.picking([row])))
      #expect(model.generation(of: codes).codes.picking([row]) == model.generation(of: codes.picking([row])).codes)
      #expect(model.representation(of: codes).picking([row]) == model.representation(of: codes.picking([row])))
    }
    #expect(model.encode(Matrix(rows: 0, columns: 2)).count == 0)
  }

  @Test func `nor does it on images, through convolutions`() throws {
    let sample = Sample(likelihood: .gaussian(1), network: "dpvae-mnist", iterations: 3, learningRate: 1e-3)
    let model = try train(sample.configuration(), seed: 1, on: .squares(260), executor: CPUExecutor()) { _ in }
    let items = Dataset.squares(260).train.matrix(0..<260)
    let codes = model.encode(items).means
    let images = model.decode(codes)
    for row in [0, 3, 249, 250, 259] {
      #expect(model.encode(items.picking([row])).means == codes.picking([row]))
      #expect(model.decode(codes.picking([row])) == images.picking([row]))
    }
  }

  @Test(arguments: [MethodSettings.Prior.standard, .decoupled])
  func `going to generation space and back returns the codes`(prior: MethodSettings.Prior) throws {
    let model = try trained(prior)
    let codes = Matrix(rows: 3, columns: 2, values: [0, 0, 1, -1, 0.5, 2])
    let (moved, logDeterminants) = model.generation(of: codes)
    let back = model.representation(of: moved)
    for (a, b) in zip(back.values, codes.values) { #expect(abs(a - b) < 1e-4) }  // Float32 through four couplings
    #expect(logDeterminants.count == 3)
    #expect((moved == codes) == (prior == .standard))
    #expect(logDeterminants.allSatisfy { $0 == 0 } == (prior == .standard))
  }

  @Test func `sizes and the decoder's variance are those of the configuration`() throws {
    let model = try trained(.standard)
    #expect((model.latents, model.size) == (2, 2))
  }

  @Test func `a point's distortion under a Gaussian likelihood has all of its constants`() throws {
    let model = try trained(.standard)
    let codes = Matrix(rows: 2, columns: 2, values: [0.5, -1, 2, 0.25])
    let items = Matrix(rows: 2, columns: 2, values: [1, 0, -0.5, 0.5])
    let means = model.decode(codes)
    for (row, distortion) in model.distortions(of: items, given: codes).enumerated() {
      let errors = zip(items[row], means[row]).reduce(0.0) { $0 + Double(($1.0 - $1.1) * ($1.0 - $1.1)) }
      // −log N(x; x̂, I / 20) in two dimensions; float32 sums of two squares.
      #expect(abs(distortion - (10 * errors + log(2 * Double.pi / 20))) < 1e-4)
    }
  }

  @Test(arguments: [MethodSettings.Prior.standard, .decoupled])
  func `a saved model comes back with the same bits`(prior: MethodSettings.Prior) throws {
    let (folder, model) = (try TemporaryFolder(), try trained(prior))
    let path = folder.path + "/model.safetensors"
    try model.save(to: path)
    let loaded = try TrainedModel(
      loading: path, configuration: Sample(prior: prior).configuration(), executor: CPUExecutor())
    let items = Dataset.arcs().test.matrix(0..<20)
    #expect(loaded.weightsHash == model.weightsHash)
    #expect(loaded.encode(items) == model.encode(items))
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["model.safetensors"])
  }

  private func trained(_ prior: MethodSettings.Prior) throws -> TrainedModel {
    try train(Sample(prior: prior).configuration(), seed: 1, on: .arcs(), executor: CPUExecutor()) { _ in }
  }
}
