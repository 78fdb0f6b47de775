import Foundation
import Testing

@Suite struct PrepareTests {
  let program: Program

  init() throws { program = try Program() }

  /// Whether ASSAY_DATA names a directory that has this.
  static func has(_ path: String) -> Bool {
    guard let data = ProcessInfo.processInfo.environment["ASSAY_DATA"] else { return false }
    return FileManager.default.fileExists(atPath: data + "/" + path)
  }

  @Test func `what no program may download is asked for by hand, with where to get it`() throws {
    let outcome = try program.call("prepare", "celeba", "-q")
    #expect(outcome.isRefusal(3, "get it by hand"))
    #expect(outcome.errors.contains("mmlab.ie.cuhk.edu.hk"))
  }

  @Test func `one dataset that is missing does not keep the next from being looked at`() throws {
    let outcome = try program.call("prepare", "mnist", "svhn", "--offline")
    #expect(outcome.code == 3)
    #expect(outcome.errors.contains("mnist: train-images-idx3-ubyte.gz"))
    #expect(outcome.errors.contains("svhn: train_32x32.mat"))
  }

  @Test func `an empty folder prepares nothing and is no success`() throws {
    let outcome = try program.call("prepare", "--from", program.home)
    #expect(outcome.code == 3)
    for name in ["celeba", "cifar-10", "fashion-mnist", "mnist", "svhn"] { #expect(outcome.errors.contains(name)) }
  }

  // Needs the official files; without them in ASSAY_DATA it is skipped, and says so.
  @Test(.enabled(if: has("cifar-10-batches-bin/test_batch.bin"), "ASSAY_DATA names no directory with CIFAR-10"))
  func `a part of CIFAR-10 is prepared, called a part, and found by the doctor`() throws {
    let source = try #require(ProcessInfo.processInfo.environment["ASSAY_DATA"])
    let data = program.home + "/data"
    let outcome = try program.call("prepare", "cifar-10", "--from", source, "--data", data)
    #expect(outcome.code == 0)
    #expect(outcome.errors.contains("10,000 test items converted (none: as published)"))
    #expect(outcome.errors.contains("cifar-10: made on first use: jpeg-75, resize-28"))
    #expect(FileManager.default.fileExists(atPath: data + "/cifar-10/cifar-10-none-v1.items"))
    let isWhole = Self.has("cifar-10-batches-bin/data_batch_5.bin") || Self.has("cifar-10-binary.tar.gz")
    #expect(isWhole || outcome.errors.contains("of the 50,000 training images are there"))
    #expect(try program.call("doctor", "--data", data).output.contains("official files in \(data)"))
  }

  @Test func `a misspelt name is told what there is`() throws {
    let outcome = try program.call("prepare", "incption", "-q")
    #expect(outcome.isRefusal(64, "two-moons, inception"))
  }

  @Test func `what holds no weights of the network is refused by its path`() throws {
    let path = program.home + "/weights.pth"
    try Data("no weights at all".utf8).write(to: URL(fileURLWithPath: path))
    let outcome = try program.call("prepare", "inception", "--from", path, "--data", program.home + "/data", "-q")
    #expect(outcome.isRefusal(3, path))
  }

  // Needs weights; without them in ASSAY_DATA it is skipped, and says so.
  @Test(.enabled(if: has("inception"), "ASSAY_DATA names no directory with the weights of Inception"))
  func `the network's weights are prepared, and the doctor says which features they allow`() throws {
    let source = try #require(ProcessInfo.processInfo.environment["ASSAY_DATA"])
    let data = program.home + "/data"
    let outcome = try program.call("prepare", "inception", "--from", source, "--data", data, "--offline")
    #expect(outcome.code == 0)
    #expect(outcome.errors.contains("inception: features 64, 192, 768"))
    #expect(FileManager.default.fileExists(atPath: data + "/inception/inception-2015-12-05.safetensors"))
    #expect(try program.call("doctor", "--data", data).output.contains("features 64, 192, 768"))
  }
}
