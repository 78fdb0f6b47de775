import Experiments
import Foundation
import SmallDisk
import Tensors
import Testing

@testable import Datasets

/// Counts how often something was done, from any thread.
private final class Tally: @unchecked Sendable {
  private let lock = NSLock()
  private var count = 0

  func add() { lock.withLock { count += 1 } }
  var value: Int { lock.withLock { count } }
}

/// Pictures of 1 × 2 × 3 whose bytes count on from the bytes of a file, so that they tell what they were read from.
private func pictures(_ path: String, labelled: Bool = true) throws -> Pictures {
  let first = try #require(FileManager.default.contents(atPath: path)?.first)
  func split(_ range: Range<Int>) -> Split {
    Split(count: range.count, shape: [1, 2, 3]) { body in
      for index in range {
        let bytes = (0..<6).map { UInt8(truncatingIfNeeded: Int(first) + 6 * index + $0) }
        try body(Raster(shape: [1, 2, 3], bytes: bytes), labelled ? UInt8(index) : nil)
      }
    }
  }
  return Pictures(train: split(0..<5), test: split(5..<7), remarks: ["made for a test"])
}

@Suite struct ItemCacheTests {
  private let scratch: Scratch
  private let conversions = Tally()

  init() throws {
    scratch = try Scratch()
    try scratch.write("set/a.bin", [10])
  }

  private func library(
    labelled: Bool = true, step: String = "none", in folder: DataFolder? = nil
  ) throws -> ItemLibrary {
    let file = DataFile(name: "a.bin", proof: .contents)
    let form = DataForm(files: [file]) { [conversions] paths in
      conversions.add()
      return try pictures(paths["a.bin", default: ""], labelled: labelled)
    }
    let step = try #require(Preprocessing.all.first { $0.name == step })
    return ItemLibrary(dataset: "set", forms: [form], step: step, folder: folder ?? scratch.folder)
  }

  private func values(_ items: Items) -> [UInt8] { items.matrix(0..<items.count).values.map { UInt8($0 * 255) } }

  // Without the right to mount it is skipped, and says so.
  @Test(.enabled(if: SmallDisk.isPossible, "\(SmallDisk.need)"))
  func `items that do not fit on the disk leave nothing there, and are converted once there is room`() throws {
    let disk = try SmallDisk(kilobytes: 64)
    mkdir(disk.path + "/set", 0o755)
    try Data([10]).write(to: URL(filePath: disk.path + "/set/a.bin"))
    let library = try library(in: DataFolder(path: disk.path))
    try disk.fill()
    #expect(throws: DatasetError.unwritable(library.path + ".part", reason: "No space left on device")) {
      try library.obtain()
    }
    #expect(try disk.files() == ["set/a.bin"])
    disk.clear()
    #expect(values(try library.obtain().train) == (0..<30).map { 10 + $0 })
  }

  @Test func `what is converted is read back, mapped, with labels and remarks`() throws {
    let (train, test, contents) = try library().obtain()
    #expect(values(train) == (0..<30).map { 10 + $0 })
    #expect(values(test) == (30..<42).map { 10 + $0 })
    #expect(train.labels == [0, 1, 2, 3, 4])
    #expect(test.labels == [5, 6])
    #expect(contents.remarks == ["made for a test"])
    #expect(contents.shape == [1, 2, 3])
    #expect(contents.digest == Digest.hexadecimal(Data((0..<42).map { UInt8(10 + $0) })))
    #expect(scratch.files() == ["set/a.bin", "set/set-none-v1.items"])
  }

  @Test func `a large file becomes part of the process's memory, not a copy in it`() throws {
    @Sendable func split(_ count: Int) -> Split {
      Split(count: count, shape: [1, 100, 100]) { body in
        for index in 0..<count {
          try body(Raster(shape: [1, 100, 100], bytes: Array(repeating: UInt8(index), count: 10_000)), nil)
        }
      }
    }
    let form = DataForm(files: [DataFile(name: "a.bin", proof: .contents)]) { _ in
      Pictures(train: split(100), test: split(10))
    }
    let step = try #require(Preprocessing.all.first { $0.name == "none" })
    let (train, test, _) = try ItemLibrary(dataset: "set", forms: [form], step: step, folder: scratch.folder).obtain()
    // `String(contentsOfFile:)` reads no further than the first page of a file that has no size.
    let maps = try #require(try FileHandle(forReadingAtPath: "/proc/self/maps")?.readToEnd())
    #expect(String(decoding: maps, as: UTF8.self).contains(scratch.path + "/set/set-none-v1.items"))
    #expect(train.matrix([99]).values.allSatisfy { $0 == Float(99) / 255 })
    #expect(test.matrix([9]).values.allSatisfy { $0 == Float(9) / 255 })
  }

  @Test func `a dataset without classes has none`() throws {
    let (train, test, _) = try library(labelled: false).obtain()
    #expect(train.labels.isEmpty && test.labels.isEmpty)
    #expect(values(test) == (30..<42).map { 10 + $0 })
  }

  @Test func `a second use converts nothing and gives the same`() throws {
    let first = try library().obtain()
    let second = try library().obtain()
    #expect(conversions.value == 1)
    #expect(values(first.train) == values(second.train))
    #expect(first.contents == second.contents)
  }

  @Test func `the digest of mapped items is that of items in memory`() throws {
    let (train, test, contents) = try library().obtain()
    #expect(Dataset(card: MNIST.card, train: train, test: test).digest == contents.digest)
    let part = train.prefix(2)
    #expect(values(part) == (0..<12).map { 10 + $0 })
    #expect(part.labels == [0, 1])
  }

  @Test func `official files that change are converted again`() throws {
    _ = try library().obtain()
    try scratch.write("set/a.bin", [50, 0])
    #expect(try library().current() == nil)
    #expect(try values(library().obtain().train).first == 50)
    #expect(conversions.value == 2)
  }

  @Test func `official files that appear are noticed`() throws {
    _ = try library().obtain()
    try scratch.write("a.bin", [50])
    #expect(try library().current() == nil)
  }

  @Test func `converted items outlive their official files`() throws {
    _ = try library().obtain()
    try FileManager.default.removeItem(atPath: scratch.path + "/set/a.bin")
    #expect(try values(library().obtain().train).first == 10)
    #expect(conversions.value == 1)
  }

  @Test func `each preprocessing has a file of its own, named after it`() throws {
    _ = try library().obtain()
    let resized = try library(step: "resize-28").obtain()
    #expect(resized.contents.shape == [1, 28, 28])
    #expect(resized.train.size == 784)
    #expect(scratch.files() == ["set/a.bin", "set/set-none-v1.items", "set/set-resize-28-v1.items"])
  }

  @Test func `a file cut anywhere or with any byte changed is refused with what to do`() throws {
    let path = try library().path
    _ = try library().obtain()
    let whole = try #require(scratch.contents("set/set-none-v1.items"))
    // What a file says of itself ends in JSON; its length is 0 but for the last bytes.
    for length in stride(from: 0, to: whole.count, by: 13) {
      try scratch.write("set/set-none-v1.items", Array(whole.prefix(length)))
      #expect(throws: DatasetError.self, "\(length) of \(whole.count) bytes") { try ItemCache(path).items() }
    }
    for offset in whole.indices {
      var damaged = whole
      damaged[offset] ^= 1
      try scratch.write("set/set-none-v1.items", damaged)
      let error = #expect(throws: DatasetError.self, "byte \(offset)") { try ItemCache(path).items() }
      #expect(error?.description.contains("move it away and prepare the dataset again") == true)
    }
  }

  @Test func `what a killed conversion left behind is no hindrance`() throws {
    try scratch.write("set/set-none-v1.items.part", [1, 2, 3])
    _ = try library().obtain()
    #expect(scratch.files() == ["set/a.bin", "set/set-none-v1.items"])
  }

  @Test func `a conversion that fails leaves nothing behind`() throws {
    let form = DataForm(files: [DataFile(name: "a.bin", proof: .contents)]) { _ in
      Pictures(
        train: Split(count: 2, shape: [1, 1, 1]) { body in
          try body(Raster(shape: [1, 1, 1], bytes: [1]), nil)
          throw DatasetError.malformed("a.bin", reason: "ends")
        }, test: Split(count: 0, shape: [1, 1, 1]) { _ in })
    }
    let step = try #require(Preprocessing.all.first { $0.name == "none" })
    let library = ItemLibrary(dataset: "set", forms: [form], step: step, folder: scratch.folder)
    #expect(throws: DatasetError.malformed("a.bin", reason: "ends")) { try library.obtain() }
    #expect(scratch.files() == ["set/a.bin"])
  }

  @Test func `of many that want the same items at once, one converts them and all get them`() async throws {
    let library = try library()
    let found = try await withThrowingTaskGroup(of: [Float].self) { group in
      for _ in 0..<8 { group.addTask { try library.obtain().train.matrix(0..<5).values } }
      return try await group.reduce(into: []) { $0.append($1) }
    }
    #expect(found.count == 8 && Set(found).count == 1)
    #expect(conversions.value == 1)
    #expect(scratch.files() == ["set/a.bin", "set/set-none-v1.items"])
  }

  @Test func `where the data directory cannot be written, the items are made elsewhere and not kept`() throws {
    let step = try #require(Preprocessing.all.first { $0.name == "none" })
    // A file stands where the dataset's folder would be made.
    try scratch.write("blocked", [0])
    try scratch.write("a.bin", [20])
    let form = DataForm(files: [DataFile(name: "a.bin", proof: .contents)]) { try pictures($0["a.bin", default: ""]) }
    let library = ItemLibrary(dataset: "blocked", forms: [form], step: step, folder: scratch.folder)
    #expect(try values(library.obtain().train) == (0..<30).map { 20 + $0 })
    #expect(scratch.files() == ["a.bin", "blocked", "set/a.bin"])
  }
}
