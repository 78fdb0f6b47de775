import Foundation
import Glibc
import Testing

/// Bad input is one sentence on stderr, the right exit code, and nothing lost.
@Suite struct BadInputTests {
  let program: Program

  init() throws { program = try Program() }

  @Test func `an unknown experiment`() throws {
    #expect(try program.call("run", "dpvae/two-moon/vae").isRefusal(64, "the nearest are dpvae/two-moons/vae"))
  }

  @Test func `a seed list that runs backwards`() throws {
    #expect(try program.call("run", "dpvae/two-moons/vae", "--seeds", "3..1").isRefusal(64, "'3..1' runs backwards"))
  }

  @Test func `an unknown tier`() throws {
    #expect(try program.call("run", "--tier", "weekly").isRefusal(64, "'smoke', 'nightly' or 'paper'"))
  }

  @Test func `an unknown key to set`() throws {
    let outcome = try program.call("run", "dpvae/two-moons/vae", "--set", "training.iteration=5")
    #expect(outcome.isRefusal(64, "there is no key 'training.iteration'; there are: batch, "))
  }

  @Test func `an unknown method to set`() throws {
    let outcome = try program.call("run", "dpvae/two-moons/vae", "--set", "method.name=wae")
    #expect(outcome.isRefusal(64, "'wae', which is no method; there are: "))
  }

  @Test(arguments: [
    ("training.batch=5000", "two-moons has 2000 training items, too few for one batch of 5000"),
    ("network.name=dpvae-mnist", "takes items of shape [1, 28, 28], but two-moons has [2]"),
  ])
  func `settings that do not fit each other are refused before anything runs`(assignment: String, words: String) throws
  {
    let outcome = try program.call("run", "dpvae/two-moons/vae", "--set", assignment)
    #expect(outcome.isRefusal(64, words), "\(outcome.errors)")
  }

  @Test(arguments: [
    ["run", "--jobs", "0"], ["frobnicate"], ["run", "--sedes", "1"], ["table"], ["list", "-q", "-v"],
  ])
  func `a command line of another form`(arguments: [String]) throws {
    let outcome =
      switch arguments.count {
      case 1: try program.call(arguments[0])
      default: try program.call(arguments[0], arguments[1], arguments[2])
      }
    #expect(outcome.isRefusal(64, "See 'assay --help'"))
  }

  @Test func `an unknown table or paper`() throws {
    #expect(try program.call("table", "dpvae/table-9").isRefusal(64, "there are: dpvae/table-1"))
    #expect(try program.call("verify", "vae").isRefusal(64, "No claim matches 'vae'; name a paper (dpvae"))
  }

  @Test func `an unknown key in a paper's file`() throws {
    let paper = "\(Program.baselines)/dpvae/paper.yaml"
    let text = try String(contentsOfFile: paper, encoding: .utf8)
      .replacingOccurrences(of: "learningRate: 1.0e-4", with: "learningrate: 1.0e-4")
    try program.write(Data(text.utf8), to: "Baselines/dpvae/paper.yaml")
    let outcome = try program.call("list", "--baselines", program.home + "/Baselines")
    #expect(outcome.isRefusal(64, "there is no key 'training.learningrate'; there are: batch, "))
    #expect(outcome.errors.contains("Baselines/dpvae/paper.yaml line "))
  }

  @Test func `missing data`() throws {
    let outcome = try program.call("run", "dpvae/mnist/vae", "--data", program.home + "/none")
    #expect(outcome.isRefusal(3, "assay prepare mnist"))
    #expect(!FileManager.default.fileExists(atPath: program.home + "/assay.sqlite"))
  }

  @Test func `a corrupt idx file, which stays as it is`() throws {
    let (name, garbage) = ("data/mnist/train-images-idx3-ubyte.gz", Data("not what it says".utf8))
    try program.write(garbage, to: name)
    let outcome = try program.call("run", "dpvae/mnist/vae", "--data", program.home + "/data")
    #expect(outcome.isRefusal(3, name))
    #expect(try Data(contentsOf: URL(filePath: "\(program.home)/\(name)")) == garbage)
    let prepared = try program.call("prepare", "mnist", "--offline", "--data", program.home + "/data", "-q")
    #expect(prepared.isRefusal(3, name))
  }

  @Test func `a folder to prepare from that has not the files`() throws {
    #expect(try program.call("prepare", "mnist", "--from", program.home, "-q").isRefusal(3, program.home))
  }

  @Test func `a store in a place that nobody can write to`() throws {
    let outcome = try program.call("run", "dpvae/two-moons/vae", "--store", "/proc/nowhere/assay.sqlite")
    #expect(outcome.isRefusal(3, "/proc/nowhere"))
  }

  // The superuser may write anywhere, so that there this says nothing.
  @Test(.enabled(if: geteuid() != 0, "needs a user other than root"))
  func `a store in a read-only folder`() throws {
    let folder = program.home + "/sealed"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    chmod(folder, 0o555)
    defer { chmod(folder, 0o755) }
    let outcome = try program.call("run", "dpvae/two-moons/vae", "--store", folder + "/assay.sqlite")
    #expect(outcome.isRefusal(3, folder))
  }

  @Test(arguments: [["run", "dpvae/two-moons/vae"], ["status"], ["verify"], ["report"]])
  func `a store of a newer program, which stays as it is`(arguments: [String]) throws {
    #expect(try program.call("run", "dpvae/two-moons/vae", "--seeds", "0", "--set", "training.iterations=1").code == 0)
    let file = URL(filePath: program.home + "/assay.sqlite")
    var bytes = try Data(contentsOf: file)
    // SQLite's file format, section 1.3: the user version is at offset 60, big-endian.
    bytes.replaceSubrange(60..<64, with: [0, 0, 3, 231])
    try bytes.write(to: file)
    let outcome =
      arguments.count == 1 ? try program.call(arguments[0]) : try program.call(arguments[0], arguments[1])
    #expect(outcome.isRefusal(3, "999"))
    #expect(try Data(contentsOf: file) == bytes)
  }
}
