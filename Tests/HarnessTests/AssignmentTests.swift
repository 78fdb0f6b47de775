import Experiments
import Foundation
import Harness
import Testing

/// `--set` is checked like a paper's file.
@Suite struct AssignmentTests {
  let configuration: Configuration

  init() throws {
    let catalog = try Baselines.catalog()
    configuration = try #require(catalog.experiments.first?.configurations[.nightly])
  }

  @Test func `setting a key to its own value changes nothing`() throws {
    let object = try JSONSerialization.jsonObject(with: configuration.canonical)
    let sections = try #require(object as? [String: [String: Any]])
    var checked = 0
    for (section, keys) in sections.sorted(by: { $0.key < $1.key }) {
      for (key, value) in keys.sorted(by: { $0.key < $1.key }) where !(value is [String: Any]) {
        let isTruth = configuration.dataset.augment == false && key == "augment"
        let text = isTruth ? "false" : "\(value)"
        let assignment = try #require(Assignment("\(section).\(key)=\(text)"))
        #expect(try configuration.setting([assignment]) == configuration, "\(section).\(key)")
        checked += 1
      }
    }
    #expect(checked > 25)
  }

  @Test func `assignments change what they name, the later over the earlier, and the hash with it`() throws {
    let assignments = ["training.iterations=7", "likelihood.settings.mseWeight=2.5", "training.iterations=9"]
      .compactMap(
        Assignment.init)
    let changed = try configuration.setting(assignments)
    var expected = configuration
    expected.training.iterations = 9
    expected.likelihood.settings["mseWeight"] = 2.5
    #expect(changed == expected)
    #expect(changed.hash != configuration.hash)
  }

  @Test func `assignments hold together, whatever their order`() throws {
    let texts = [
      "method.settings.gamma=10", "method.name=factor-vae", "method.settings.discriminatorRate=0.001",
    ]
    for texts in [texts, texts.reversed()] {
      let changed = try configuration.setting(texts.compactMap(Assignment.init))
      #expect(changed.method.name == "factor-vae")
      #expect(changed.method.settings == ["discriminatorRate": 0.001, "gamma": 10])
    }
  }

  @Test(arguments: [
    ("training.iteration=5", "there is no key 'training.iteration'; there are: \(PaperFileTests.trainingKeys)."),
    ("training.iterations=5.5", "'training.iterations' is '5.5' and must be a whole number."),
    ("training.batch=0", "'training.batch' is 0 and must be at least 1."),
    ("method.prior=flat", "'method.prior' must be one of standard, decoupled, hierarchical."),
    ("method.settings.beta=4", "there is no key 'method.settings.beta' for the method vae; it has no settings."),
    (
      "likelihood.settings.weight=4",
      "there is no key 'likelihood.settings.weight' for the likelihood gaussian; there are: mseWeight."
    ),
    (
      "trainings.batch=5",
      "there is no key 'trainings'; there are: dataset, evaluation, likelihood, method, network, training."
    ),
  ])
  func `what cannot be set is refused with the assignment and the remedy`(text: String, complaint: String) throws {
    let assignment = try #require(Assignment(text))
    #expect {
      try configuration.setting([assignment])
    } throws: { error in
      "\(error)" == "--set \(text): \(complaint)" && Failure.exitCode(of: error) == 64
    }
  }

  @Test(arguments: ["iterations=5", "training.iterations", "training.iterations=", "training..x=1", "=3", ""])
  func `what has another form is no assignment`(text: String) {
    #expect(Assignment(text) == nil)
  }
}
