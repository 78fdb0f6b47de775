import ArgumentParser
import Experiments
import Harness

extension ReferenceSplit: ExpressibleByArgument {}

struct ScoreCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "score",
    abstract: "Measure images, latent codes or log-likelihoods that any program made.",
    discussion: """
      Images are a folder that directly holds PNG or JPEG files (in the natural order of their names), a .zip of such, or \
      an array: .npy, or .npz with its first array or FILE.npz:NAME. An array is [n, height, width], \
      [n, height, width, channels] or [n, channels, height, width], of bytes from 0 to 255 or of floating-point numbers \
      from 0 to 1. Latent codes are [n, dimensions] and are compared with N(0, I); log-likelihoods are [n], in nats per \
      image. Both may also be .safetensors.

      Without metrics, everything is measured that the files allow. Features of a reference are kept in $ASSAY_HOME.

      With --record the scores become an external run of the experiment: it stands in the paper's tables, marked with a \
      dagger.

      EXAMPLE:
        assay score --samples samples.npz --reference glyphs
        assay score --samples pictures/ --reference mnist --split test
        assay score --samples s.npy --latents z.npy --record dpvae/mnist/vae --seed 0
      """)

  @Argument(
    help: "Metrics with their arguments, as 'assay list metrics' has them; all that the files allow, without any.")
  var metrics: [String] = []

  @Option(help: ArgumentHelp("Images to measure.", valueName: "path"))
  var samples: String?

  @Option(help: ArgumentHelp("A dataset's name, or images as for --samples.", valueName: "dataset|path"))
  var reference: String?

  @Option(help: "The part of the dataset to compare with, where a metric's id does not say (default: train).")
  var split: ReferenceSplit?

  @Option(
    help: ArgumentHelp("What is done to the dataset's images first; see 'assay list preprocessing'.", valueName: "step")
  )
  var preprocessing: String?

  @Option(help: "What the axes of an array of images are, where its shape does not say.")
  var layout: Layout?

  @Option(help: ArgumentHelp("Latent codes, one of each image.", valueName: "path"))
  var latents: String?

  @Option(help: ArgumentHelp("Log-likelihoods in nats, one of each image.", valueName: "path"))
  var logLikelihoods: String?

  @Option(help: ArgumentHelp("Of what is drawn for comparison; with --record, the seed of the run.", valueName: "n"))
  var seed: Int?

  @Option(help: ArgumentHelp("Threads; results do not depend on them (default: one for each core).", valueName: "n"))
  var threads: Int?

  @Option(
    help: ArgumentHelp("Keep the scores in the store as an external run of this experiment.", valueName: "experiment"))
  var record: String?

  @Option(help: "With --record, the tier that the run stands in (default: paper).")
  var tier: Tier?

  @Option(help: ArgumentHelp("With --record, who made the files, for the tables' notes.", valueName: "words"))
  var madeBy: String?

  @Flag(help: "With --record, put the run in the place of one that is there.")
  var force = false

  @OptionGroup var common: CommonOptions

  /// The names that the axes of an array of images may have.
  enum Layout: String, CaseIterable, ExpressibleByArgument { case nchw, nhwc }

  func validate() throws {
    if samples == nil, latents == nil, logLikelihoods == nil {
      throw ValidationError("there is nothing to measure: give --samples, --latents or --log-likelihoods")
    }
    if samples != nil, reference == nil, record == nil {
      throw ValidationError("--samples are compared with something: give --reference DATASET or --reference PATH")
    }
    if samples == nil, reference != nil || split != nil || layout != nil || preprocessing != nil {
      throw ValidationError("--reference, --split, --preprocessing and --layout are about images: give --samples too")
    }
    if record != nil, seed == nil { throw ValidationError("--record needs the run's --seed") }
    if record == nil, tier != nil || madeBy != nil || force {
      throw ValidationError("--tier, --made-by and --force say how to --record: name the experiment")
    }
    if let seed, seed < 0 { throw ValidationError("--seed is \(seed), but seeds are whole numbers from 0 on") }
    if let threads, threads < 1 { throw ValidationError("--threads is \(threads), but there is at least one") }
  }

  func run() throws {
    Machine.continuePinned()
    let display = ScoringDisplay(style: common.progressStyle)
    let sheet: ScoreSheet
    if let record {
      let recording = Recording(
        experiment: record, tier: tier ?? .paper, seed: seed ?? 0, program: madeBy, replacing: force)
      sheet = try common.workspace().score(request, recording: recording) { display.show($0) }
    } else {
      sheet = try Scoring(data: common.data, baselines: common.baselines).score(request) { display.show($0) }
    }
    display.finish()
    for note in sheet.notes { common.note(note) }
    if common.json { try Terminal.result(json: sheet) } else { Terminal.result(ScoreSheetText(sheet: sheet).text) }
    if !sheet.isComplete { throw ExitCode(2) }
  }

  private var request: ScoreRequest {
    ScoreRequest(
      metrics: metrics, samples: samples, reference: reference, split: split, preprocessing: preprocessing,
      layout: layout?.rawValue, latents: latents, logLikelihoods: logLikelihoods, seed: seed ?? 0,
      threads: threads ?? Machine.cores)
  }
}
