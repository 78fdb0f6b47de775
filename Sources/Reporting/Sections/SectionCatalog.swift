/// The sections of a paper's page, in the order in which they are read.
package enum SectionCatalog {
  package static let all: [any Section] = [
    Verdicts(),
    PaperTables(),
    PaperFigures(),
    Scores(),
    Claims(),
    TrainingCurves(),
    LeakageCurves(),
    Spectra(),
    PointClouds(),
    SampleGrids(),
    Departures(),
    IncompleteRuns(),
    DisturbedRuns(),
    Environment(),
  ]
}
