/// A figure of a paper, as it is drawn again from what runs leave.
package struct PaperFigure: Codable, Hashable, Sendable {
  /// E.g. `figure-4`, or `figure-1a` for a part.
  package let id: String
  package let title: String
  /// Where the paper has it, e.g. `Fig. 4`.
  package let source: String
  /// How it departs from the paper's, in sentences.
  package let note: String
  /// How it is drawn, by the name that reports know the kind by.
  package let kind: String
  /// In the paper's order.
  package let datasets: [String]
  /// Those on its first dataset in the paper's order, then those on the next.
  package let experiments: [ExperimentID]
  /// What is drawn of each experiment: names of curves, ids of metrics or names of artefacts, as the kind takes them.
  package let shows: [String]
  package let parameter: Parameter?

  /// What experiments are set against on the horizontal axis.
  package struct Parameter: Codable, Hashable, Sendable {
    /// The axis' title, e.g. `β`.
    package let title: String
    package let places: [Place]
    /// The metric whose mean places an experiment that has no value of the parameter.
    package let metric: MetricID?

    package init(title: String, places: [Place], metric: MetricID?) {
      (self.title, self.places, self.metric) = (title, places, metric)
    }

    /// The value with which an experiment was made; `nil` where it has none.
    package func value(of experiment: ExperimentID) -> Double? {
      places.first { $0.experiment == experiment }?.value
    }
  }

  package struct Place: Codable, Hashable, Sendable {
    package let experiment: ExperimentID
    package let value: Double

    package init(experiment: ExperimentID, value: Double) { (self.experiment, self.value) = (experiment, value) }
  }

  package init(
    id: String, title: String, source: String, note: String, kind: String, datasets: [String],
    experiments: [ExperimentID], shows: [String], parameter: Parameter? = nil
  ) {
    self.id = id
    self.title = title
    self.source = source
    self.note = note
    self.kind = kind
    self.datasets = datasets
    self.experiments = experiments
    self.shows = shows
    self.parameter = parameter
  }
}
