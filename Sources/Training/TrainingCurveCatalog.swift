/// What the curves of trainings are called.
package enum TrainingCurveCatalog {
  package static let names = [
    "kl",
    "log-sigma",
    "loss",
    "mse",
    "reconstruction",
    "second-kl",
    "second-log-sigma",
    "second-loss",
    "second-reconstruction",
  ]
}
