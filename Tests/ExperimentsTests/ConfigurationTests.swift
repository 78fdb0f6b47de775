import Experiments
import Foundation
import Testing

struct ConfigurationTests {
  /// SHA-256 of the sample with sorted keys and no white space, as Python's json and hashlib make it.
  ///
  /// Should it change, every stored run counts as made with other settings; change it only with the fields.
  @Test func `the hash of a configuration is the same today as when its runs were stored`() throws {
    #expect(try sample().hash == "61ddfa5fb80f32ae659845d97ee5841e3cb41c2d0a761ddaa99e83119685a025")
  }

  @Test func `the order of the keys in a file does not change the hash`() throws {
    let object = try #require(try JSONSerialization.jsonObject(with: Data(sampleJSON.utf8)) as? [String: Any])
    // Pretty-printed with sorted keys: another order and other white space than the sample's.
    let other = try JSONSerialization.data(withJSONObject: object, options: [.prettyPrinted, .sortedKeys])
    #expect(try JSONDecoder().decode(Configuration.self, from: other).hash == sample().hash)
  }

  @Test func `a configuration read from its canonical form is itself`() throws {
    let configuration = try sample()
    let again = try JSONDecoder().decode(Configuration.self, from: configuration.canonical)
    #expect(again == configuration)
    #expect(again.canonical == configuration.canonical)
  }

  @Test func `the hash changes with every field`() throws {
    let object = try #require(try JSONSerialization.jsonObject(with: Data(sampleJSON.utf8)) as? [String: Any])
    let leaves = paths(in: object)
    #expect(leaves.count == 36)
    var hashes = Set([try sample().hash])
    for path in leaves {
      let changed = try JSONSerialization.data(withJSONObject: changing(object, at: path[...]))
      hashes.insert(try JSONDecoder().decode(Configuration.self, from: changed).hash)
    }
    #expect(hashes.count == leaves.count + 1)
  }

  @Test func `a configuration without one of its fields is refused`() throws {
    let object = try #require(try JSONSerialization.jsonObject(with: Data(sampleJSON.utf8)) as? [String: Any])
    for path in paths(in: object) where path.count < 3 || path[1] != "settings" {
      let less = try JSONSerialization.data(withJSONObject: removing(object, at: path[...]))
      #expect(throws: DecodingError.self, "\(path)") { try JSONDecoder().decode(Configuration.self, from: less) }
    }
  }

  @Test func `a run's id follows from experiment, tier, seed and configuration alone`() throws {
    let id = ExperimentID(paper: "dpvae", dataset: "mnist", method: "vae")
    let configuration = try sample()
    let run = Run(experiment: id, tier: .smoke, seed: 3, configuration: configuration)
    #expect(run.id == "dpvae/mnist/vae@smoke#3-\(configuration.hash.prefix(12))")
    var other = configuration
    other.training.iterations += 1
    let ids = [
      run, Run(experiment: id, tier: .paper, seed: 3, configuration: configuration),
      Run(experiment: id, tier: .smoke, seed: 4, configuration: configuration),
      Run(experiment: id, tier: .smoke, seed: 3, configuration: other),
    ].map(\.id)
    #expect(Set(ids).count == ids.count)
  }

  private func paths(in object: [String: Any]) -> [[String]] {
    object.keys.sorted().flatMap { key in
      (object[key] as? [String: Any]).map { paths(in: $0).map { [key] + $0 } } ?? [[key]]
    }
  }

  private func changing(_ object: [String: Any], at path: ArraySlice<String>) -> [String: Any] {
    guard let key = path.first else { return object }
    var object = object
    if let inner = object[key] as? [String: Any] {
      object[key] = changing(inner, at: path.dropFirst())
    } else if let text = object[key] as? String {
      object[key] = others[text] ?? text + "-other"
    } else if key == "augment" {
      object[key] = true
    } else if let number = object[key] as? NSNumber {
      object[key] = number.doubleValue + 1
    }
    return object
  }

  /// The other words of the fields that only know some.
  private var others: [String: String] {
    ["decoupled": "standard", "exact": "authors", "gaussian": "planar", "last": "best"]
  }

  private func removing(_ object: [String: Any], at path: ArraySlice<String>) -> [String: Any] {
    guard let key = path.first else { return object }
    var object = object
    let inner = path.count > 1 ? object[key] as? [String: Any] : nil
    object[key] = inner.map { removing($0, at: path.dropFirst()) }
    return object
  }
}
