// swift-tools-version: 6.2
import PackageDescription

// The order of the calls below is the order of the layers: a module imports only from above its own line.
// Two pillars, numbers and records, stand on Experiments and meet in Harness.

let strict: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .treatAllWarnings(as: .error),
]

/// A library of ours with its test target.
func module(_ name: String, on dependencies: Target.Dependency..., tests: Target.Dependency...) -> [Target] {
  [
    .target(name: name, dependencies: dependencies, exclude: ["README.md"], swiftSettings: strict),
    .testTarget(
      name: name + "Tests", dependencies: [.target(name: name)] + dependencies + tests,
      exclude: fixtures[name] ?? [], swiftSettings: strict),
  ]
}

/// Test modules that keep reference numbers, and the scripts that made them, in a folder.
let fixtures: [String: [String]] = [
  "Comparison": ["Fixtures"],
  "Datasets": ["Fixtures"],
  "Distributions": ["Fixtures"],
  "Harness": ["Fixtures"],
  "Methods": ["Fixtures"],
  "Metrics": ["Fixtures"],
  "Networks": ["Fixtures"],
  "Store": ["Fixtures"],
  "Tensors": ["Fixtures"],
]

/// A C library of the system, found through its module map.
func system(_ name: String, pkgConfig: String, package: String) -> [Target] {
  [.systemLibrary(name: name, pkgConfig: pkgConfig, providers: [.apt([package])])]
}

let libraries: [[Target]] = [
  system("COpenBLAS", pkgConfig: "openblas", package: "libopenblas-dev"),
  system("CPNG", pkgConfig: "libpng", package: "libpng-dev"),
  system("CZlib", pkgConfig: "zlib", package: "zlib1g-dev"),
  system("CTurboJPEG", pkgConfig: "libturbojpeg", package: "libturbojpeg0-dev"),
  system("CCrypto", pkgConfig: "libcrypto", package: "libssl-dev"),
  [.target(name: "COneDNN", exclude: ["README.md"], linkerSettings: [.linkedLibrary("dnnl")])],
  [
    .target(
      name: "CKernels", exclude: ["README.md"],
      cSettings: [.unsafeFlags(["-O2", "-fno-math-errno", "-ffp-contract=off"])])
  ],
]

let foundation: [[Target]] = [module("Experiments", on: "CCrypto")]

let numbers: [[Target]] = [
  module("Tensors", on: "CKernels", tests: "NaiveTwin"),
  [
    .target(name: "SmallDisk", path: "Tests/SmallDisk", swiftSettings: strict),
    .target(name: "AllocationCounter", path: "Tests/AllocationCounter", linkerSettings: [.linkedLibrary("dl")]),
    // Its plain loops are what many tests wait for: optimised in a debug build too. It holds no unsafe memory.
    .target(
      name: "NaiveTwin", dependencies: ["Tensors"], path: "Tests/NaiveTwin",
      swiftSettings: strict + [.unsafeFlags(["-O"], .when(configuration: .debug))]),
  ],
  module("Execution", on: "Tensors", "CKernels", "COneDNN", tests: "AllocationCounter", "NaiveTwin"),
  module("Networks", on: "Tensors", tests: "Execution", "NaiveTwin"),
  module("Distributions", on: "Tensors", "Networks", "Experiments", tests: "Execution", "NaiveTwin"),
  [.target(name: "Archives", dependencies: ["CZlib"], path: "Tests/Archives", swiftSettings: strict)],
  module(
    "Datasets", on: "Tensors", "Experiments", "CPNG", "CTurboJPEG", "CZlib", tests: "Archives", "SmallDisk"),
  module("Methods", on: "Tensors", "Networks", "Distributions", "Experiments", tests: "Execution", "NaiveTwin"),
  module(
    "Training", on: "Tensors", "Methods", "Networks", "Distributions", "Datasets", "Execution", "Experiments",
    tests: "AllocationCounter", "Archives", "NaiveTwin", "SmallDisk"),
  module(
    "Metrics", on: "Tensors", "Distributions", "Methods", "Datasets", "Experiments", "CKernels", "COpenBLAS",
    tests: "Archives", "Execution", "NaiveTwin"),
]

let records: [[Target]] = [
  module("Store", on: "Experiments", .product(name: "GRDB", package: "GRDB.swift"), tests: "SmallDisk"),
  module("Comparison", on: "Experiments"),
  [
    .target(
      name: "SampleReport", dependencies: ["Experiments", "Comparison"], path: "Tests/SampleReport",
      swiftSettings: strict)
  ],
  module("Reporting", on: "Experiments", "Comparison", "CPNG", tests: "SampleReport"),
]

/// Every parser against bytes from anywhere: a test target, or under `make fuzz` the program that libFuzzer drives, for
/// which everything is built with its instrumentation.
let isFuzzing = Context.environment["ASSAY_FUZZ"] != nil

let fuzzing: Target = {
  let parts: [Target.Dependency] = [
    "Archives", "Comparison", "CZlib", "Datasets", "Experiments", "Harness", "Metrics", "Reporting", "SampleReport",
    "Store", "Tensors", "Training", .product(name: "GRDB", package: "GRDB.swift"),
  ]
  return isFuzzing
    ? .executableTarget(
      name: "fuzz", dependencies: parts, path: "Tests/FuzzTests",
      exclude: ["Corpus", "FuzzTests.swift", "corpus.py", "fuzz"],
      swiftSettings: strict)
    : .testTarget(
      name: "FuzzTests", dependencies: parts + ["AllocationCounter"],
      exclude: ["Corpus", "Fuzzer.swift", "corpus.py", "fuzz"],
      swiftSettings: strict)
}()

let meeting: [[Target]] = [
  module(
    "Harness", on: "Experiments", "Tensors", "Execution", "Networks", "Distributions", "Methods", "Datasets",
    "Training", "Metrics", "Store", "Comparison", "Reporting", "CKernels", "COneDNN", "COpenBLAS", "Yams"),
  [
    .executableTarget(
      name: "assay",
      dependencies: [
        "Harness", "Experiments", "Store", "Comparison", "Reporting",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      exclude: ["README.md"], swiftSettings: strict),
    .executableTarget(
      name: "benchmark",
      dependencies: [
        "CKernels", "Datasets", "Distributions", "Execution", "Experiments", "Methods", "Metrics", "Networks", "Store",
        "Tensors", "Training",
      ],
      path: "Tests/Benchmarks", exclude: ["compare.py", "evaluations.py", "peer.py"], swiftSettings: strict),
    .testTarget(
      name: "BrowserTests", dependencies: ["Comparison", "Experiments", "Reporting", "SampleReport"],
      swiftSettings: strict),
    fuzzing,
    .testTarget(
      name: "EndToEndTests", dependencies: ["assay", "Experiments", "Harness", "Reporting", "SmallDisk", "Store"],
      exclude: ["Fixtures"], swiftSettings: strict),
  ],
]

let package = Package(
  name: "Assay",
  products: [.executable(name: "assay", targets: ["assay"])],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
    .package(url: "https://github.com/groue/GRDB.swift", exact: "7.10.0"),
    .package(url: "https://github.com/jpsim/Yams", exact: "6.2.2"),
  ],
  targets: [libraries, foundation, numbers, records, meeting].joined().flatMap { $0 },
  cLanguageStandard: .c17
)
