import Experiments
import Foundation

/// A configuration with a value in every field, as JSON.
let sampleJSON = """
  {
    "dataset": {"name": "two-moons", "preprocessing": "none", "trainLimit": 1000, "testLimit": 200, "augment": false},
    "method": {"name": "beta-vae", "prior": "decoupled", "posterior": "gaussian", "settings": {"beta": 8}},
    "likelihood": {"name": "gaussian", "settings": {"mseWeight": 2.5}},
    "network": {"name": "dpvae-two-moons", "latents": 2, "leakySlope": 0.2, "couplingBlocks": 6},
    "training": {
      "iterations": 300, "batch": 100, "learningRate": 0.001, "halveEvery": 0, "beta1": 0.9, "beta2": 0.999,
      "epsilon": 1e-08, "selection": "last", "checkpointEvery": 50, "logEvery": 10, "secondStage": {"iterations": 0, "halveEvery": 0}
    },
    "evaluation": {
      "samples": 500, "lowPosteriorDraws": 500, "lowPosteriorKept": 100, "sklSamples": 600, "leakageSamples": 300,
      "leakagePosteriors": 400, "likelihoodImages": 20, "likelihoodSamples": 50, "lowPosteriorDensity": "exact"
    }
  }
  """

func sample() throws -> Configuration {
  try JSONDecoder().decode(Configuration.self, from: Data(sampleJSON.utf8))
}
