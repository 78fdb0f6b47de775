import Testing

@testable import Datasets

@Suite struct CatalogTests {
  @Test func `the catalog is in alphabetical order and each name occurs once`() {
    let names = DatasetCatalog.all.map { $0.card.name }
    #expect(names == Set(names).sorted())
  }
}
