import Foundation
import Harness
import Testing

/// What every command says, and where.
@Suite struct CommandTests {
  let program: Program

  init() throws { program = try Program() }

  @Test(arguments: ["doctor", "list", "prepare", "report", "run", "score", "selftest", "status", "table", "verify"])
  func `every command's help has an example that can be run`(command: String) throws {
    let outcome = try program.call(command, "--help")
    #expect(outcome.code == 0)
    #expect(outcome.errors.isEmpty)
    #expect(outcome.output.contains("EXAMPLE:\n  assay \(command)"))
  }

  @Test(arguments: [
    [], ["baseline"], ["baseline", "promote"], ["compare"], ["doctor"], ["export"], ["list"], ["merge"], ["prepare"],
    ["report"], ["run"], ["score"], ["selftest"], ["status"], ["submit", "slurm"], ["table"], ["verify"],
  ])
  func `help fits into 80 columns, its sentences broken nowhere but at the edge`(command: [String]) throws {
    let help = try program.call(command + ["--help"]).output
    let lines = help.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    #expect(lines.allSatisfy { $0.count <= 80 })
    // A line that goes on below had no room for the next word, unless an example or a list follows.
    let prose = lines.prefix { !$0.hasPrefix("EXAMPLE") && !$0.hasPrefix("USAGE") }
    for (line, next) in zip(prose, prose.dropFirst()) where !line.isEmpty && !next.isEmpty {
      let word = next.prefix { $0 != " " }
      #expect(line.count + 1 + word.count > 78, "\(line)")
    }
  }

  @Test func `the version is that of the code as runs record it`() throws {
    let outcome = try program.call("--version")
    #expect(outcome.code == 0 && outcome.errors.isEmpty)
    let words = outcome.output.split(whereSeparator: \.isWhitespace)
    #expect(words.count >= 2 && words[0] == "assay")
    let code = CodeVersion.of(repositoryWith: try Places.here.baselines(nil), program: Program.path)
    #expect(words[1] == code)
  }

  @Test func `the worker command is nobody's business`() throws {
    let outcome = try program.call("--help")
    #expect(outcome.code == 0)
    #expect(!outcome.output.contains("\n  worker"))
  }

  @Test(arguments: ["claims", "datasets", "likelihoods", "methods", "metrics", "networks", "papers", "preprocessing"])
  func `list shows every kind, as a table and as an object`(kind: String) throws {
    let outcome = try program.call("list", kind)
    #expect(outcome.code == 0)
    let rows = try #require(try program.call("list", kind, "--json").json()[kind] as? [[String: String]])
    #expect(!rows.isEmpty)
    #expect(outcome.output.split(separator: "\n").count == rows.count + 1)
  }

  @Test func `list shows experiments with each tier's length and time within 80 columns`() throws {
    let outcome = try program.call("list", "experiments")
    #expect(outcome.code == 0)
    let lines = outcome.output.split(separator: "\n")
    #expect(lines[0].split(separator: " ") == ["dpvae/mnist", "smoke", "nightly", "paper"])
    #expect(lines.allSatisfy { $0.count <= 80 })
    let own = try program.call("list", "experiments", "dpvae/two-moons/vae")
    #expect(own.output.split(separator: "\n").count == 2)
    let cells = try #require(own.output.split(separator: "\n").last).split(separator: " ")
    #expect([cells[0], cells[1], cells[3], cells[5]] == ["vae", "3000", "5000", "100k"])
  }

  @Test func `list gives experiments as objects with every value's source`() throws {
    let object = try program.call("list", "experiments", "dpvae/mnist/*", "--json").json()
    let experiments = try #require(object["experiments"] as? [[String: Any]])
    #expect(experiments.contains { $0["experiment"] as? String == "dpvae/mnist/vae" })
    for experiment in experiments {
      let tiers = try #require(experiment["tiers"] as? [String: [String: Any]])
      #expect(tiers.keys.sorted() == ["nightly", "paper", "smoke"])
      for (_, tier) in tiers {
        let sources = try #require(tier["sources"] as? [String: String])
        #expect(sources["training.batch"]?.hasPrefix("Baselines/dpvae/paper.yaml line ") == true)
        #expect(try #require(tier["trainingSeconds"] as? Double) > 0)
        #expect((tier["configuration"] as? [String: Any])?["training"] != nil)
      }
    }
  }

  @Test func `a dry run shows the runs and makes no store`() throws {
    let outcome = try program.call("run", "dpvae/two-moons/vae", "--seeds", "0,2", "--dry-run")
    #expect(outcome.code == 0)
    #expect(outcome.output.contains("dpvae/two-moons/vae@smoke#0-"))
    #expect(outcome.output.contains("dpvae/two-moons/vae@smoke#2-"))
    #expect(!FileManager.default.fileExists(atPath: program.home + "/assay.sqlite"))
  }

  @Test func `the doctor times a training's step, operation by operation`() throws {
    let outcome = try program.call("doctor", "--profile", "dpvae/two-moons/dpvae")
    #expect(outcome.code == 0)
    let lines = outcome.output.split(separator: "\n")
    #expect(lines[0].hasPrefix("dpvae/two-moons/dpvae, one iteration on one core of "))
    #expect(lines[1].hasPrefix("step of ") && lines[1].hasSuffix("of peak"))
    #expect(lines.contains { $0.hasPrefix("product [") && $0.contains("GFLOP/s") && $0.hasSuffix("%") })
    #expect(try #require(lines.last).hasPrefix("in all"))
    #expect(lines.allSatisfy { $0.count <= 80 })
  }

  @Test func `the doctor's profile as an object has every step with its arithmetic and its bytes`() throws {
    let object = try program.call("doctor", "--profile", "dpvae/two-moons/dpvae", "--json").json()
    let part = try #require((object["parts"] as? [[String: Any]])?.first)
    let steps = try #require(part["steps"] as? [[String: Any]])
    #expect(steps.contains { ($0["label"] as? String)?.hasPrefix("adam") == true })
    #expect(steps.allSatisfy { ($0["seconds"] as? Double ?? -1) >= 0 && ($0["bytes"] as? Double ?? -1) >= 0 })
    #expect(steps.contains { ($0["operations"] as? Double ?? 0) > 0 })
  }

  @Test func `the doctor times no training that does not exist`() throws {
    let outcome = try program.call("doctor", "--profile", "dpvae/nothing/vae")
    #expect(outcome.isRefusal(64, "dpvae/nothing/vae"))
  }

  @Test func `the doctor finds this machine fit, and says of missing data what to do`() throws {
    let outcome = try program.call("doctor", "--quick", "--data", program.home + "/none")
    #expect(outcome.code == 0)
    #expect(outcome.output.contains("run 'assay prepare mnist'"))
    #expect(outcome.output.contains("oneDNN 2"))
  }

  @Test func `the doctor calls a store broken that is none`() throws {
    try program.write(Data("no store".utf8), to: "assay.sqlite")
    let outcome = try program.call("doctor", "--quick")
    #expect(outcome.code == 3)
    #expect(outcome.output.contains("broken"))
  }

  @Test func `a status without a store says how to begin`() throws {
    let outcome = try program.call("status")
    #expect(outcome.code == 0)
    #expect(outcome.output.contains("begin with assay run"))
  }

  @Test func `claims without runs are not decided, which is exit code 2`() throws {
    let outcome = try program.call("verify")
    #expect(outcome.code == 2)
    let lines = outcome.output.split(separator: "\n")
    #expect(lines.contains { $0.hasPrefix("not-run") })
    #expect(lines.allSatisfy { $0.hasPrefix("not-run") || $0.hasPrefix("not-comparable") })
  }
}
