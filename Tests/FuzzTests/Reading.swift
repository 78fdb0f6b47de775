import Experiments
import Foundation
import Tensors

@testable import Datasets
@testable import Harness
@testable import Metrics
@testable import Training

// What is done with an input: all that the program does with such a file, to the last number in it.

/// Bytes that no trial may unpack more of.
private let limit = 1 << 20

func readGzip(_ input: FuzzInput) throws { _ = try Inflate(gzip: input.path).readToEnd(limit: limit) }

func readIDX(_ input: FuzzInput) throws { _ = try IDX.read(input.path, dimensions: [2, 2, 3]) }

/// A batch of one record.
func readCIFAR(_ input: FuzzInput) throws {
  try CIFARBatch.split([CIFARBatch(records: 1) { try FileStream(input.path) }]).forEach { _, _ in }
}

func readTar(_ input: FuzzInput) throws {
  _ = try Tar.file("x/a.bin", in: FileStream(input.path)).readToEnd(limit: limit)
}

func readZip(_ input: FuzzInput) throws {
  let archive = try Zip(input.path)
  try archive.checkNames()
  let whole = try archive.mapped()
  for entry in archive.entries { _ = try archive.data(of: entry, in: whole, limit: limit) }
}

func readMAT(_ input: FuzzInput) throws {
  let array = try MATFile.array("X", in: input.path)
  for _ in 0..<min(1000, array.dimensions.first ?? 0) { _ = try array.number() }
  try array.finish()
}

func readPicture(_ input: FuzzInput) throws {
  _ = try PictureDecoder().decode(input.bytes, name: input.path)
}

func readSamples(_ input: FuzzInput) throws {
  do {
    let images = try SampleImages(input.path)
    _ = try images.images(0..<min(images.count, 2))
    _ = try images.grid(2)
  } catch {
    guard !input.path.hasSuffix(".zip") else { throw error }
    let numbers = try SampleNumbers(input.path)
    if numbers.shape.count == 1 { _ = try numbers.logLikelihoods() } else { _ = try numbers.codes() }
  }
}

func readPartition(_ input: FuzzInput) throws { _ = try FacePartition(input.path).part(of: 1) }

func readCache(_ input: FuzzInput) throws {
  let (train, test) = try ItemCache(input.path).items()
  for items in [train, test] where items.count > 0 { _ = items.matrix(0..<1) }
}

func readWebPage(_ input: FuzzInput) throws {
  _ = WebPage.begins(Data(input.bytes))
  _ = WebPage.title(input.bytes)
}

func readSafetensors(_ input: FuzzInput) throws {
  let file = try SafetensorsFile(reading: input.path)
  for entry in file.entries { _ = (file.floats(entry), file.doubles(entry)) }
  _ = try SampleNumbers(input.path).codes()
}

/// A file of a few layers is read to its end, but is not the network.
func readInception(_ input: FuzzInput) throws {
  do { _ = try InceptionSource(input.path).weights() } catch WeightsError.missingLayer {}
}

func readTorch(_ input: FuzzInput) throws {
  let file = try TorchFile(reading: input.path)
  for (name, tensor) in file.tensors { _ = try file.floats(name, shape: tensor.shape) }
  _ = try file.inceptionLayers()
}

func readGraph(_ input: FuzzInput) throws {
  let graph = try TensorFlowGraph(Data(input.bytes), path: input.path)
  _ = try graph.inceptionLayers()
}

// MARK: - Trained weights

/// A store of a matrix and a vector, as the corpus has them.
private func parameters() -> ParameterStore {
  let (graph, store) = (Graph(), ParameterStore())
  for (name, shape) in [("a", [2, 3]), ("b", [3])] as [(String, Shape)] {
    _ = graph.parameter(name, shape, .constant(0))
  }
  store.add(parametersOf: graph, seed: 0)
  return store
}

func readCheckpoint(_ input: FuzzInput) throws {
  let checkpoint = try Checkpoint(reading: input.path)
  _ = checkpoint.contentHash
  try checkpoint.copy(to: parameters(), path: input.path)
}

func readSavepoint(_ input: FuzzInput) throws {
  do {
    let store = parameters()
    var state = try Savepoint(reading: input.path, owner: ["seed": "1"]).restore(to: store)
    state.candidates?.record(loss: 1, iteration: state.iteration, store)
    state.candidates?.restore(store)
    _ = state.curves.record(Losses(), logDeviation: nil, iteration: state.iteration, isLast: false)
  } catch {
    // Whoever keeps savepoints says which it was.
    throw CheckpointError.malformed(path: input.path, reason: "\(error)")
  }
}

// MARK: - What people write

func readYAML(_ input: FuzzInput) throws { _ = try SettingsTree(yaml: input.text, name: input.path).leaves }

func readPaper(_ input: FuzzInput) throws {
  let tree = try SettingsTree(yaml: input.text, name: input.path)
  let file = try SettingsDecoder.decode(PaperFile.self, from: tree)
  let experiments = try file.resolved(paper: "paper", origin: input.path)
  _ = try file.claims(of: "paper", among: experiments, published: [])
  _ = try file.figures(of: "paper", among: experiments)
  try file.checkTables(against: [], origin: input.path)
}

func readTable(_ input: FuzzInput) throws {
  for cell in try Published.table(csv: input.text, paper: "paper", name: input.path) {
    _ = Numerals.significant(cell.value ?? 0) + Numerals.significant(cell.deviation ?? 0)
  }
}

/// The program's own papers.
private let catalog = Result {
  try PaperCatalog(baselines: URL(filePath: #filePath).appending(path: "../../../Baselines").standardizedFileURL.path)
}

func readAssignment(_ input: FuzzInput) throws {
  let assignments = try input.text.split(separator: "\n").map { try Assignment.parsed(String($0)) }
  _ = try catalog.get().experiments.first?.configurations[.smoke]?.setting(assignments)
}

func readSelector(_ input: FuzzInput) throws { _ = try catalog.get().experiments(matching: [input.text]) }

func readSeeds(_ input: FuzzInput) throws { _ = try SeedList(input.text) }

func readIDs(_ input: FuzzInput) throws {
  if let id = ExperimentID(input.text) { precondition(ExperimentID(id.description) == id, "\(id) is not what it says") }
  if let id = MetricID(input.text) { precondition(MetricID(id.description) == id, "\(id) is not what it says") }
  _ = try FileMetric(input.text)
}

func readArrayState(_ input: FuzzInput) throws {
  let state = ArrayState(listing: input.text)
  _ = (state.active, state.words)
}
