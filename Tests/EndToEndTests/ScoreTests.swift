import Foundation
import Reporting
import Testing

/// What another program made, measured from the command line.
@Suite struct ScoreTests {
  let program: Program

  init() throws { program = try Program() }

  /// Grey pictures of 28 × 28 pixels, each with a brighter stripe at another place.
  private func pictures(_ count: Int, width: Int = 28) throws -> [Data] {
    try (0..<count).map { index in
      let pixels = (0..<(28 * width)).map { UInt8(($0 + 13 * index) % 28 < 6 ? 230 - index : index) }
      return try PNG.encode(Raster(width: width, height: 28, channels: 1, pixels: pixels))
    }
  }

  private func write(_ pictures: [Data], to folder: String) throws {
    for (index, picture) in pictures.enumerated() { try program.write(picture, to: "\(folder)/\(index).png") }
  }

  /// A file of NumPy: magic number, version 1.0, the header's length, the header, the numbers.
  private func npy(_ type: String, _ shape: [Int], _ numbers: Data) -> Data {
    let sizes = shape.map { "\($0)," }.joined(separator: " ")
    let description = "{'descr': '\(type)', 'fortran_order': False, 'shape': (\(sizes)), }"
    let header = description + String(repeating: " ", count: (64 - (11 + description.utf8.count) % 64) % 64) + "\n"
    let length = [UInt8(header.utf8.count & 255), UInt8(header.utf8.count >> 8)]
    return Data([0x93] + Array("NUMPY".utf8) + [1, 0] + length + Array(header.utf8)) + numbers
  }

  private func floats(_ values: [Float]) -> Data { values.withUnsafeBytes { Data($0) } }

  /// 200 codes of three dimensions that are nearly uniform.
  private var codes: Data {
    floats((0..<600).map { Float(($0 * 7919) % 613) / 200 - 1.5 })
  }

  @Test func `a folder of pictures against a dataset that needs no files`() throws {
    try write(try pictures(12), to: "made")
    let outcome = try program.call(
      "score", "fd/random-conv", "--samples", "made", "--reference", "glyphs", "--no-progress")
    #expect(outcome.code == 0, "\(outcome.errors)")
    #expect(outcome.errors.isEmpty)
    #expect(outcome.output.contains("fd/random-conv?n=12&ref=train"))
    #expect(outcome.output.contains("28 × 28, grey, 8 bits"))
    #expect(outcome.output.split(separator: "\n").allSatisfy { $0.count <= 80 }, "\(outcome.output)")
    let test = try program.call(
      ["score", "--samples", "made", "--reference", "glyphs", "--split", "test", "--no-progress"])
    #expect(test.output.contains("fd/random-conv?n=12&ref=test"))
    #expect(test.errors.contains("assay prepare inception"))
  }

  @Test func `the same images have the same scores from a folder, an array of bytes and against files`() throws {
    let images = try pictures(10)
    try write(images, to: "made")
    let pixels = try images.reduce(Data()) { $0 + Data(try PNG.decode($1).pixels) }
    try program.write(npy("|u1", [10, 28, 28], pixels), to: "made.npy")
    try write(try pictures(14).reversed(), to: "real")
    let outcomes = try ["made", "made.npy"].map { path in
      try program.call("score", "fd/random-conv", "--samples", path, "--reference", "real", "--json").json()
    }
    let scores = try outcomes.map { try #require(($0["scores"] as? [[String: Any]])?.first) }
    #expect(scores[0]["metric"] as? String == "fd/random-conv?n=10&ref=given")
    #expect(scores[0]["value"] as? Double == scores[1]["value"] as? Double)
    #expect(try #require(scores[0]["value"] as? Double) > 0)
    let hashes = try outcomes.map { try #require($0["inputs"] as? [[String: Any]])[0]["sha256"] as? String }
    #expect(hashes[0] != nil && hashes[0] == hashes[1])
  }

  @Test func `the object names all that the numbers rest on`() throws {
    try write(try pictures(6), to: "made")
    try program.write(npy("<f4", [200, 3], codes), to: "z.npy")
    try program.write(npy("<f4", [3], floats([-80, -82, -84])), to: "ll.npy")
    let object = try program.call(
      ["score", "--samples", "made", "--reference", "glyphs", "--latents", "z.npy", "--log-likelihoods", "ll.npy"]
        + ["--seed", "5", "--json", "--no-progress"]
    ).json()
    #expect(Set(object.keys).isSuperset(of: ["scores", "inputs", "code", "seed", "seconds", "notes"]))
    #expect(object["seed"] as? Int == 5)
    let inputs = try #require(object["inputs"] as? [[String: Any]])
    #expect(inputs.map { $0["role"] as? String } == ["samples", "reference", "latents", "log-likelihoods"])
    #expect(inputs.allSatisfy { ($0["sha256"] as? String)?.count == 64 })
    #expect(inputs.map { $0["count"] as? Int }.first == 6)
    let scores = try #require(object["scores"] as? [[String: Any]])
    let nll = try #require(scores.first { $0["metric"] as? String == "nll/given?n=3" })
    #expect(nll["value"] as? Double == 82)
    // The standard deviation is 2, over √3.
    #expect(abs(try #require(nll["standardError"] as? Double) - 2 / 3.0.squareRoot()) < 1e-12)
    #expect(scores.contains { ($0["metric"] as? String)?.hasPrefix("skl/knn?n=200&space=z0") == true })
    #expect(scores.allSatisfy { $0["status"] as? String == "done" })
  }

  @Test func `an external run stands in the tables with its mark, and gives way only when told to`() throws {
    try write(try pictures(12), to: "made")
    let recording = ["score", "--samples", "made", "--record", "dpvae/glyphs/vae", "--seed", "3", "--tier", "smoke"]
    let first = try program.call(recording + ["--made-by", "a model in JAX", "--no-progress"])
    #expect(first.code == 0, "\(first.errors)")
    #expect(first.output.contains("recorded as dpvae/glyphs/vae@smoke#3-"))
    #expect(first.errors.contains("these are 12; numbers of unlike counts do not compare"))
    let again = try program.call(recording + ["--no-progress"])
    #expect(again.isRefusal(3, "is there already (external); use --force"))
    #expect(try program.call(recording + ["--force", "--made-by", "a model in JAX", "--no-progress"]).code == 0)

    let table = try program.call("table", "dpvae/scores")
    #expect(table.output.contains("(1)†"))
    #expect(
      table.output.contains(
        "† VAE on glyphs: seed 3 external, measured here on files of a model in JAX and not trained here."))
    #expect(try program.call("status", "dpvae/glyphs/vae").output.contains("external, measured on "))
    let dry = try program.call("run", "dpvae/glyphs/vae", "--seeds", "3", "--dry-run")
    #expect(dry.output.contains("done"))
    let run = try program.call("run", "dpvae/glyphs/vae", "--seeds", "3", "--tier", "smoke")
    #expect(run.code == 0)
    #expect(run.errors.contains("dpvae/glyphs/vae#3: recorded as external, another program's; --force trains here"))
    #expect(run.output.contains("(1)†") && run.output.contains("† with external runs"))
    #expect(try program.call("report", "dpvae", "-o", program.home + "/reports").code == 0)
    let page = try String(contentsOfFile: program.home + "/reports/dpvae.md", encoding: .utf8)
    #expect(page.contains("1 external run, measured on "))
    #expect(page.contains("seed 3†"))
  }

  @Test func `pictures of several sizes, none, and one`() throws {
    try write(try pictures(3), to: "mixed")
    try program.write(try pictures(1, width: 27)[0], to: "mixed/3.png")
    try program.write(Data("notes".utf8), to: "none/notes.txt")
    try write(try pictures(1), to: "one")
    func refusal(_ path: String) throws -> Program.Outcome {
      try program.call("score", "--samples", path, "--reference", "glyphs", "--no-progress")
    }
    #expect(
      try refusal("mixed").isRefusal(3, "mixed/0.png is 28 × 28 grey and mixed/3.png is 28 × 27 grey; all pictures"))
    #expect(try refusal("none").isRefusal(3, "none holds no .png, .jpg or .jpeg file"))
    #expect(try refusal("one").isRefusal(3, "one holds one item, and a distribution needs two at least"))
    #expect(try refusal("nowhere").isRefusal(3, "there is nothing at nowhere"))
  }

  @Test func `arrays that hold no images`() throws {
    func refusal(_ name: String, _ type: String, _ shape: [Int], _ numbers: Data, _ code: Int32, _ words: String) throws
    {
      try program.write(npy(type, shape, numbers), to: name)
      let outcome = try program.call("score", "--samples", name, "--reference", "glyphs", "--no-progress")
      #expect(outcome.isRefusal(code, words), "\(outcome.errors)")
    }
    try refusal("nan.npy", "<f4", [2, 1, 2], floats([0, 1, .nan, 0]), 3, "nan.npy holds nan at [1, 0, 0]")
    try refusal("big.npy", "<f4", [2, 1, 2], floats([0, 1, 255, 0]), 3, "big.npy holds 255.0 at [1, 0, 0], where")
    try refusal("i8.npy", "<i8", [2, 1, 1], Data(count: 16), 3, "i8.npy is of the type int64; images are")
    try refusal("flat.npy", "|u1", [2, 784], Data(count: 1568), 3, "flat.npy has the shape [2, 784], which is none of")
    try refusal("cut.npy", "|u1", [2, 28, 28], Data(count: 1000), 3, "cut.npy is truncated")
    try refusal("two.npy", "|u1", [2, 3, 28, 3], Data(count: 504), 64, "--layout nchw or --layout nhwc")
  }

  @Test func `what the command line asks for wrongly`() throws {
    try write(try pictures(2, width: 20), to: "made")
    try program.write(npy("<f4", [200, 3], codes), to: "z.npy")
    func refusal(_ arguments: [String], _ words: String) throws {
      let outcome = try program.call(["score"] + arguments)
      #expect(outcome.isRefusal(64, words), "\(arguments): \(outcome.errors)")
    }
    try refusal([], "there is nothing to measure")
    try refusal(["--samples", "made"], "give --reference")
    try refusal(["--latents", "z.npy", "--reference", "glyphs"], "give --samples too")
    try refusal(["--latents", "z.npy", "--record", "dpvae/glyphs/vae"], "--record needs the run's --seed")
    try refusal(["--latents", "z.npy", "--force"], "--force say how to --record")
    try refusal(["elbo", "--latents", "z.npy"], "'elbo' is measured on models that are trained here, not on files")
    try refusal(["beauty", "--latents", "z.npy"], "no metric is named 'beauty'")
    try refusal(["skl/knn?space=z0&k=3", "--latents", "z.npy"], "'k', which skl/knn does not take")
    try refusal(
      ["fd/random-conv", "--latents", "z.npy"], "'fd/random-conv' is measured on images: give --samples PATH")
    try refusal(["fd/random-conv", "--samples", "made", "--reference", "glyphs"], "compares images of one size")
    try refusal(
      ["--samples", "made", "--reference", "mnits"], "There is nothing at 'mnits', and no dataset has that name")
    try refusal(
      ["--latents", "z.npy", "--record", "dpvae/glyphs/vea", "--seed", "0"], "the nearest are dpvae/glyphs/vae")
    try refusal(
      ["--samples", "made", "--reference", "mnist", "--record", "dpvae/glyphs/vae", "--seed", "0"],
      "dpvae/glyphs/vae is about glyphs")
  }
}
