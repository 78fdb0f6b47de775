import Experiments

extension SampleFindings {
  static func paper(_ ids: [ExperimentID], _ configurations: [ExperimentID: Configuration]) -> Paper {
    Paper(
      name: "dpvae", title: "dpVAE: Fixing Sample Generation for Regularized VAEs",
      source: "Bhalodia, Lee, Elhabian; ACCV 2020; arXiv 1911.10506",
      experiments: ids.map { experiment($0, configurations[$0]) },
      claims: [
        claim(
          "mnist", "skl/knn?space=z0", "skl-lower", "dpVAE's aggregate posterior is nearer to its prior than the VAE's"),
        claim("mnist", "fd-lp/random-conv", "lp-lower", "dpVAE's low-posterior samples are nearer to the data"),
        claim("mnist", "mse", "mse-lower", "dpVAE reconstructs better than the VAE"),
        claim("two-moons", "leakage?t=-50", "leakage-lower", "dpVAE leaks less than the VAE at t = −50"),
        claim("svhn", "skl/knn?space=z0", "skl-lower", "dpVAE's sKL on SVHN is lower than the VAE's"),
      ], published: published,
      departures: ["Adam's epsilon is 1e-8 throughout, as in the authors' configurations."],
      notImplemented: [
        "beta-vae-h: the β-VAE is no method here yet", "FID: the Inception weights are not in the repository",
      ])
  }

  private static func experiment(_ id: ExperimentID, _ settings: Configuration?) -> Experiment {
    let names =
      ["elbo", "reconstruction", "kl", "mse", "nll/importance", "skl/knn?space=z0", "skl/knn?space=z", "leakage?t=-50"]
      + (id.dataset == "two-moons" ? ["fd/points"] : ["nll/authors", "fd/random-conv", "fd-lp/random-conv"])
    var configurations: [Tier: Configuration] = [:]
    if let settings {
      var longer = settings
      longer.training.iterations = 100_000
      configurations = [.smoke: settings, .nightly: settings, .paper: longer]
    }
    return Experiment(
      id: id, title: id.method == "vae" ? "VAE" : "dpVAE", metrics: names.compactMap { MetricID($0) },
      configurations: configurations,
      departures: id.dataset == "two-moons" ? ["The paper gives no batch size for two moons: 100 is ours."] : [])
  }

  static func claim(_ dataset: String, _ metric: String, _ name: String, _ statement: String) -> Claim {
    Claim(
      id: "dpvae/\(dataset)/\(name)", statement: statement, source: "Section 5.2, Table 1", tier: .nightly, seeds: 3,
      level: 0.05,
      assertion: .ordering(
        better: ExperimentID(paper: "dpvae", dataset: dataset, method: "dpvae"),
        worse: ExperimentID(paper: "dpvae", dataset: dataset, method: "vae"),
        metric: MetricID(metric) ?? MetricID("mse")))
  }

  private static var published: [Published] {
    let columns = [("FID", "fid/inception-2048"), ("sKL", "skl/knn?space=z0"), ("NLL", "nll/authors")]
    return ["mnist", "svhn"].flatMap { dataset in
      ["vae", "dpvae", "beta-vae-h"].flatMap { method in
        columns.map { column, metric in
          Published(
            paper: "dpvae", table: "Table 1", dataset: dataset, method: method, column: column,
            metric: MetricID(metric), value: (100 * noise(dataset + method + column)).rounded() / 10, deviation: nil,
            unit: column == "FID" ? "squared feature units" : "nats", source: "arXiv 1911.10506, Table 1", note: "")
        }
      }
    }
  }

  static let provenance = Provenance(
    code: "5fcf6ec", host: "bench-1", processor: "AMD EPYC 9R14", instructionSet: "AVX-512", threads: 1,
    libraries: ["oneDNN": "2.6.3", "OpenBLAS": "0.3.21", "libpng": "1.6.39"],
    data: [
      "mnist": "fcde2b2edba56bf408601fb721fe9b5c338d10ee429ea04fae5511b68fbf8fb9",
      "two-moons": "9f3c0e8d5a2b4c6d7e8f90123456789abcdef0123456789abcdef0123456789a",
    ], dataRemarks: ["mnist: 20,000 of the 60,000 training images are there"])

  /// Typical sizes of metrics, so that pages look as they will.
  static let sizes = [
    "elbo": -38.1, "reconstruction": 32.4, "kl": 5.7, "mse": 32.4, "nll/authors": 3.81, "nll/importance": 37.2,
    "skl/knn": 1.35, "leakage": 3.2, "fd/random-conv": 0.113, "fd-lp/random-conv": 0.241, "fd/points": 0.031,
  ]

  package static let configuration = """
    {"dataset": {"name": "mnist", "preprocessing": "none", "trainLimit": 0, "testLimit": 0, "augment": false},
     "method": {"name": "vae", "prior": "standard", "posterior": "gaussian", "settings": {}},
        "likelihood": {"name": "gaussian", "settings": {"mseWeight": 1}},
     "network": {"name": "dpvae-mnist", "latents": 2, "leakySlope": 0.01, "couplingBlocks": 6},
     "training": {"iterations": 5000, "batch": 100, "learningRate": 0.0001, "halveEvery": 0, "beta1": 0.9, "beta2": 0.999,
       "epsilon": 1e-8, "selection": "last", "checkpointEvery": 500, "logEvery": 100, "secondStage": {"iterations": 0, "halveEvery": 0}},
     "evaluation": {"samples": 10000, "lowPosteriorDraws": 500, "lowPosteriorKept": 100, "sklSamples": 5000,
       "leakageSamples": 3000, "leakagePosteriors": 5000, "likelihoodImages": 100, "likelihoodSamples": 1000,
       "lowPosteriorDensity": "exact"}}
    """
}
