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
    #expect(
      complaint.contains(
        "there are: claims, datasets, departures, experiments, figures, layers, methods, notImplemented, source, tables, thresholds, title, values"
      ))
  }

  @Test(arguments: [
    ("{ table: Table 9, rows: {} }", "'tables' has a 'Table 9', of which no cell is published"),
    ("{ table: Table 1, rows: { vea: vae } }", "'tables' has the method 'vea', which Table 1 has not"),
    ("{ table: Table 1, row: {} }", "there is no key 'tables.row'; there are: rows, table"),
  ])
  func `a layout of a table that is not there, or not so, is refused`(layout: String, complaint: String) {
    #expect(Baselines.complaint(replacing: "claims:", with: "tables: [\(layout)]\nclaims:").contains(complaint))
  }

  @Test(arguments: [
    ("iterations: 100000", "iterations: many", "'training.iterations' is 'many' and must be a whole number"),
    (
      "iterations: 100000", "iterations: 400 epochs", "'training.iterations' is '400 epochs' and must be a whole number"
    ),
    ("halveEvery: 0", "halveEvery: -1", "'training.halveEvery' is -1 and must be at least 0"),
    (
      "iterations: 0 ", "iteration: 0 ",
      "there is no key 'training.secondStage.iteration'; there are: halveEvery, iterations"
    ),
    (
      "posterior: gaussian", "posterior: gauss",
      "'method.posterior' must be one of gaussian, planar, deterministic"
    ),
    ("name: gaussian ", "names: gaussian ", "there is no key 'likelihood.names'; there are: name, settings"),
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

  @Test func `a pair that names an experiment that there is not is refused with its line`() {
    let complaint = Baselines.complaint(replacing: "- [dpvae, vae]", with: "- [dpvae, wae]")
    #expect(complaint.hasPrefix("Baselines/dpvae/paper.yaml line "))
    #expect(complaint.hasSuffix(": the claim names the unknown experiment dpvae/mnist/wae."))
  }

  @Test func `a test that could never reach its level with the seeds asked for is refused`() {
    let complaint = Baselines.complaint(replacing: "    seeds: 5\n", with: "    seeds: 5\n    test: sign-flip\n")
    #expect(complaint.contains("asks for 5 seeds, with which a sign-flip test cannot fall below level 0.05"))
    #expect(complaint.hasSuffix("ask for 6 or more."))
  }

  @Test(arguments: ["- [dpvae]", "- dpvae", "- [dpvae, vae, vae]", "- [dpvae, vae+draft]"])
  func `what is no pair of methods is refused with the form`(pair: String) {
    let complaint = Baselines.complaint(replacing: "- [dpvae, vae]", with: pair)
    #expect(complaint.contains("a pair must be two methods, the better first, as in [dpvae, vae]"))
  }

  @Test(arguments: [
    ("name: dpvae-mnist,", "name: dpvae-mnits,", "'network.name' is 'dpvae-mnits', which is no network; there are: "),
    ("name: vae ", "name: vea ", "'method.name' is 'vea', which is no method; there are: "),
    ("name: gaussian ", "name: gauss ", "'likelihood.name' is 'gauss', which is no likelihood; there are: "),
    ("{ name: mnist }", "{ name: minst }", "'dataset.name' is 'minst', which is no dataset; there are: "),
    (
      "preprocessing: none", "preprocessing: sharpen",
      "'dataset.preprocessing' is 'sharpen', which is no step of mnist; there are: none"
    ),
    (
      "mseWeight: 1 ", "msWeight: 1 ",
      "there is no key 'likelihood.settings.msWeight' for the likelihood gaussian; there are: mseWeight"
    ),
    (
      "discriminatorRate: 1.0e-4", "rate: 1.0e-4",
      "there is no key 'method.settings.rate' for the method factor-vae; there are: discriminatorRate, gamma"
    ),
    (
      "discriminatorRate: 1.0e-4", "",
      "the key 'method.settings.discriminatorRate' is missing, which the method factor-vae needs"
    ),
    ("gamma: 1000", "gamma: much", "'method.settings.gamma' is 'much' and must be a number"),
  ])
  func `a name or a setting that no catalog has is refused with its line and what there is`(
    old: String, new: String, complaint: String
  ) throws {
    let said = Baselines.complaint(replacing: old, with: new)
    #expect(said.contains(complaint))
    let line = try Baselines.line(of: old)
    #expect(said.hasPrefix("Baselines/dpvae/paper.yaml line \(line): ") || new.isEmpty, "\(said)")
  }

  @Test func `a number out of bounds is refused with the line that it stands on`() throws {
    let complaint = Baselines.complaint(replacing: "beta2: 0.999", with: "beta2: 1.999")
    let line = try Baselines.line(of: "beta2: 0.999")
    #expect(complaint.hasPrefix("Baselines/dpvae/paper.yaml line \(line): "))
  }

  @Test(arguments: [
    (",137.4,", ",137;4,", "Baselines/dpvae/table-1.csv row 2: '137;4' is no number"),
    (
      ",fid/inception-2048?bits=8&n", ",?n",
      "row 2: '?n=20000&ref=train' is no protocol; write name?key=value&key=value"
    ),
    ("table,dataset", "tab,dataset", "Baselines/dpvae/table-1.csv line 1: must be the heading table,dataset"),
    ("mnist,vae,FID", "mnist,wae,FID", "'methods' has no heading for 'wae' of Table 1"),
    (",FID,fid/", ",fid/", "row 2: has 10 cells where there must be 11"),
  ])
  func `a published table that cannot be read is refused with its row`(old: String, new: String, complaint: String) {
    #expect(Baselines.complaint(replacing: old, with: new, in: "table-1.csv").contains(complaint))
  }

  @Test(arguments: [
    (
      "    kind: clouds", "    kind: cloud",
      "'kind' is 'cloud', which is no kind of figure; there are: clouds, curves, "
    ),
    (
      "    methods: [beta-vae-h, beta-dpvae-h]\n    shows", "    methods: [beta-vae]\n    shows",
      "the figure 'figure-1' names the unknown experiment dpvae/two-moons/beta-vae"
    ),
    (
      "    shows: [latents]", "    shows: [codes]",
      "the figure 'figure-1' shows 'codes', which is no picture; there are: factor-traversals, "
    ),
    (
      "    shows: [leakage]", "    shows: [leak]",
      "the figure 'figure-4' shows 'leak', which is no curve; there are: kl, "
    ),
    (
      "    shows: [leakage]", "    shows: [spectrum-z]",
      "the figure 'figure-4' shows 'spectrum-z', which is not measured on dpvae/mnist/vae"
    ),
    ("  - id: figure-3", "  - id: figure-1", "the figure 'figure-1' is there twice; tell them apart by their id"),
    ("    kind: clouds", "    kind: sweep", "a figure of kind 'sweep' needs a 'parameter'"),
  ])
  func `a figure of what there is not is refused with its line and what there is`(
    old: String, new: String, complaint: String
  ) {
    let said = Baselines.complaint(replacing: old, with: new)
    #expect(said.hasPrefix("Baselines/dpvae/paper.yaml line ") && said.contains(complaint), "\(said)")
  }

  @Test func `an unknown key of a figure is refused with the keys there are`() {
    let complaint = Baselines.complaint(replacing: "    shows: [latents]", with: "    show: [latents]")
    #expect(
      complaint.contains(
        "'figures.show'; there are: datasets, id, kind, methods, note, parameter, shows, source, title"))
  }

  @Test func `a folder without papers is refused`() throws {
    let folder = try TemporaryFolder()
    #expect(throws: HarnessError.noPapers(folder.path)) { try PaperCatalog(baselines: folder.path) }
  }
}
