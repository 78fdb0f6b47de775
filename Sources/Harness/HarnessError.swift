import Experiments

/// What the harness itself refuses; each sentence says what, where, and what to do.
package enum HarnessError: Error, CustomStringConvertible, Equatable {
  case noBaselines(from: String)
  case noPapers(String)
  case unreadable(String)
  case unwritable(String, reason: String)
  case occupied(String)
  case noSlurm(String)
  case submitted(job: String)
  case nothingToSubmit(runs: Int)
  case unknownPaper(String, known: [String])
  case unknownBaseline(String?, known: [String])
  case nothingToPromote(String)
  case unknownClaim(String, papers: [String])
  case unknownExperiment(String, nearest: [String])
  case unknownRun(String)
  case seeds(String, problem: String)
  case assignment(String)
  case notStarted(String)
  case gaveUp(String)
  case badJob(String)
  case metric(String)
  case notOfFiles(String, known: [String])
  case inputNeeded(String, kind: String, option: String)
  case noReference(String, datasets: [String])
  case otherDataset(String, experiment: String, own: String)
  case unlikeSizes(String, samples: [Int], reference: [Int])
  case nothingToMeasure

  /// Whether the command line is at fault, and not the machine or its files.
  package var isUsage: Bool {
    switch self {
    case .unknownPaper, .unknownBaseline, .nothingToPromote, .unknownClaim, .unknownExperiment, .unknownRun, .seeds,
      .assignment,
      .metric, .notOfFiles, .inputNeeded, .noReference, .otherDataset, .unlikeSizes, .nothingToMeasure, .occupied,
      .submitted, .nothingToSubmit:
      true
    case .noBaselines, .noPapers, .unreadable, .unwritable, .notStarted, .gaveUp, .badJob, .noSlurm: false
    }
  }

  package var description: String { sentence.inOneLine }

  private var sentence: String {
    switch self {
    case .noBaselines(let place):
      "There is no folder Baselines at or above \(place) nor beside the program; name it with --baselines DIR or ASSAY_BASELINES."
    case .noPapers(let folder):
      "\(folder) holds no paper (a folder with a paper.yaml); name another with --baselines DIR."
    case .unreadable(let path): "\(path) cannot be read; check that it exists and its permissions."
    case .unwritable(let path, let reason):
      "\(path) cannot be written (\(reason)); check permissions and space, or name another place."
    case .occupied(let path): "\(path) is there already; name another file, or merge into it with --store \(path)."
    case .noSlurm(let reason):
      "Slurm did not take the array (\(reason)); submit from a machine of the cluster, or write the script with --dry-run."
    case .submitted(let job):
      "These runs are under way as the array \(job); see assay status, or end it with scancel \(job)."
    case .nothingToSubmit(let runs): "All of the \(runs) runs are done; select others."
    case .unknownPaper(let name, let known):
      "There is no paper '\(name)'; there are: \(known.joined(separator: ", "))."
    case .unknownBaseline(let name, let known):
      (name.map { "There is no baseline '\($0)'; " } ?? "There is no baseline; ")
        + (known.isEmpty
          ? "make one with assay baseline promote NAME." : "there are: \(known.joined(separator: ", ")).")
    case .nothingToPromote(let name):
      "There is no finished run to promote as '\(name)'; run experiments first, or select others."
    case .unknownClaim(let selector, let papers):
      "No claim matches '\(selector)'; name a paper (\(papers.joined(separator: ", "))) or see assay list claims."
    case .unknownExperiment(let selector, let nearest):
      "No experiment matches '\(selector)'; the nearest are \(nearest.joined(separator: ", ")) (see assay list experiments)."
    case .unknownRun(let selector):
      "There is no run '\(selector)' in the store; assay status without it shows what there is."
    case .seeds(let text, let problem): "The seed list '\(text)' \(problem); write 0..4, 3 or 0,2,5."
    case .assignment(let text):
      "'--set \(text)' is no assignment; write a dotted key and a value, as in --set training.iterations=1500."
    case .notStarted(let reason): "A worker process could not be started (\(reason)); free some memory or lower --jobs."
    case .gaveUp(let reason): reason
    case .badJob(let reason): "A worker was given what is no job (\(reason)); workers are started by assay run only."
    case .metric(let text):
      "'\(text)' is no metric; write name or name?key=value&key=value, with quotes around it for the shell."
    case .notOfFiles(let metric, let known):
      "'\(metric)' is measured on models that are trained here, not on files; on files there are: "
        + "\(known.joined(separator: ", "))."
    case .inputNeeded(let metric, let kind, let option): "'\(metric)' is measured on \(kind): give \(option) PATH."
    case .noReference(let name, let datasets):
      "There is nothing at '\(name)', and no dataset has that name; there are: \(datasets.joined(separator: ", "))."
    case .otherDataset(let dataset, let experiment, let own):
      "\(experiment) is about \(own), and what was compared with \(dataset) cannot stand for it; leave --reference out, "
        + "or record it as another experiment."
    case .unlikeSizes(let metric, let samples, let reference):
      "'\(metric)' compares images of one size: the samples' shape is \(samples) and the reference's \(reference); resize "
        + "one of them, or ask for fid/inception-2048, which resizes both."
    case .nothingToMeasure:
      "Nothing can be measured on these files: their images differ in size from the reference's, and no Inception "
        + "weights are there; resize them, or run assay prepare inception."
    }
  }
}
