import Experiments
import Harness
import Testing

/// What is wrong in a paper's file is said with the file, the place and the remedy.
@Suite struct PaperFileTests {
  /// The keys of `training`, as any complaint about one lists them.
  static let trainingKeys =
    "batch, beta1, beta2, checkpointEvery, epsilon, halveEvery, iterations, learningRate, logEvery, secondStage, "
    + "selection"

  @Test func `an unknown setting is refused with its line and the settings there are`() {
    let complaint = Baselines.complaint(replacing: "learningRate: 1.0e-4", with: "learningrate: 1.0e-4")
    #expect(complaint.hasPrefix("Baselines/dpvae/paper.yaml line "))
    #expect(complaint.hasSuffix(": there is no key 'training.learningrate'; there are: \(Self.trainingKeys)."))
  }

  @Test func `a setting that no layer gives is missed by its dotted name and the experiment's`() {
    let complaint = Baselines.complaint(replacing: "beta2: 0.999", with: "")
    #expect(complaint.hasPrefix("Baselines/dpvae/paper.yaml"))
    #expect(complaint.contains("the key 'training.beta2' is missing"))
  }

  @Test func `an unknown key of the file itself is refused with the keys there are`() {
    let complaint = Baselines.complaint(replacing: "notImplemented:", with: "notDone:")
    #expect(complaint.contains("there is no key 'notDone'"))
    #expect(complaint.contains("claims, departures, experiments, layers, methods, notImplemented, source, title"))
  }

  @Test(arguments: [
    ("iterations: 100000", "iterations: many", "'training.iterations' is 'many' and must be a whole number"),
    ("beta1: 0.9", "beta1: 1.5", "'training.beta1' is 1.5 and must be at least 0 and below 1"),
    ("augment: false", "augment: perhaps", "'dataset.augment' is 'perhaps' and must be true or false"),
    ("selection: last", "selection: first", "'training.selection' must be one of last, best"),
    ("latents: 2", "latents: 0", "'network.latents' is 0 and must be at least 1"),
    ("learningRate: 1.0e-4", "learningRate: nan", "'training.learningRate' is 'nan' and must be a number"),
  ])
  func `a value that cannot be is refused with what it must be`(old: String, new: String, complaint: String) {
    #expect(Baselines.complaint(replacing: old, with: new).contains(complaint))
  }

  @Test func `a layer of a tier that would change the method is refused`() {
    let complaint = Baselines.complaint(
      replacing: "training: { iterations: 5000, checkpointEvery: 500 }", with: "training: { learningRate: 0.01 }")
    #expect(complaint.contains("a layer with tiers may set lengths and counts only, not 'training.learningRate'"))
  }

  @Test func `text that is no YAML is refused with its line`() {
    let complaint = Baselines.complaint(replacing: "methods: [vae, dpvae]", with: "methods: [vae, dpvae")
    #expect(complaint.hasPrefix("Baselines/dpvae/paper.yaml: line "))
    #expect(complaint.contains("is no YAML"))
  }

  @Test func `a key that stands twice is refused`() {
    let complaint = Baselines.complaint(replacing: "beta1: 0.9", with: "beta1: 0.9\n        beta1: 0.8")
    #expect(complaint.contains("stands twice"))
  }

  @Test func `a claim on an experiment that there is not is refused`() {
    let complaint = Baselines.complaint(replacing: "worse: dpvae/mnist/vae", with: "worse: dpvae/mnist/wae")
    #expect(complaint.contains("the claim 'mnist/skl-lower' names the unknown experiment dpvae/mnist/wae"))
  }

  @Test func `a claim on a name of another form is refused with the form`() {
    let complaint = Baselines.complaint(replacing: "worse: dpvae/mnist/vae", with: "worse: vae")
    #expect(complaint.contains("'vae' is no experiment; write paper/dataset/method"))
  }

  @Test(arguments: [
    (",137.4,", ",137;4,", "Baselines/dpvae/table-1.csv row 2: '137;4' is no number"),
    ("table,dataset", "tab,dataset", "Baselines/dpvae/table-1.csv line 1: must be the heading table,dataset"),
    ("mnist,vae,FID", "mnist,wae,FID", "'methods' has no heading for 'wae' of Table 1"),
    (",FID,fid/", ",fid/", "row 2: has 9 cells where there must be 10"),
  ])
  func `a published table that cannot be read is refused with its row`(old: String, new: String, complaint: String) {
    #expect(Baselines.complaint(replacing: old, with: new, in: "table-1.csv").contains(complaint))
  }

  @Test func `a folder without papers is refused`() throws {
    let folder = try TemporaryFolder()
    #expect(throws: HarnessError.noPapers(folder.path)) { try PaperCatalog(baselines: folder.path) }
  }
}
