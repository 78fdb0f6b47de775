import Foundation
import NaiveTwin
import Tensors
import Testing

/// What the source files of `Tensors` declare, against what the catalog traces.
@Suite struct OperationCatalogTests {
  private let nodes = OperationCatalog.all.flatMap { $0.traced().output.graph.nodes }

  @Test func `every operation is in the catalog`() throws {
    let declared = try sources().flatMap { $0.matches(of: /package struct (\w+): (Operation|Leaf)/) }
      .map { String($0.1) }
    #expect(Set(declared) == Set(nodes.map { String(describing: type(of: $0.operation)) }))
    #expect(declared.count > 15)
  }

  @Test func `every function of one argument is in the catalog`() throws {
    let source = try #require(try sources().first { $0.contains("enum UnaryFunction") })
    let declared = source.matches(of: /\n  case (\w+)/).map { String($0.1) }
    let traced = nodes.compactMap { ($0.operation as? Unary)?.function }
    #expect(Set(declared) == Set(traced.map { String("\($0)".prefix { $0.isLetter }) }))
    #expect(declared.count > 10)
  }

  @Test func `every function of two arguments is in the catalog`() {
    #expect(Set(nodes.compactMap { ($0.operation as? Binary)?.function }) == Set(BinaryFunction.allCases))
  }

  @Test func `every kind of random numbers is in the catalog`() {
    #expect(Set(nodes.compactMap { ($0.operation as? RandomDraw)?.kind }) == Set(RandomDraw.Kind.allCases))
  }

  @Test func `no two cases have the same name`() {
    let names = OperationCatalog.all.map(\.name)
    #expect(Set(names).count == names.count)
  }

  @Test(arguments: OperationCatalog.all)
  func `a case has a value for every element, held exactly by float32`(entry: CatalogCase) {
    let point = entry.point(1)
    for leaf in entry.traced().variables { #expect(point[leaf].count == leaf.shape.count) }
    let values = [point.inputs, point.parameters].flatMap(\.values).joined()
    #expect(values.allSatisfy { Double(Float($0)) == $0 })
  }

  private func sources() throws -> [String] {
    let package = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let folder = package.appending(path: "Sources/Tensors")
    let files = try FileManager.default.subpathsOfDirectory(atPath: folder.path())
    return try files.filter { $0.hasSuffix(".swift") }.sorted().map {
      try String(contentsOf: folder.appending(path: $0), encoding: .utf8)
    }
  }
}
