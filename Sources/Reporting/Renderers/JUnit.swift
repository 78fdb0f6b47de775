package import Experiments

/// Verdicts as JUnit XML, a case for each claim, so that continuous integration shows them like tests.
///
/// A contradicted claim is a failure; one that is inconclusive or not run is an error, since nothing has passed; one that
/// is not comparable is skipped.
package func junit(_ verdicts: [Verdict]) -> String {
  func count(_ element: String) -> String { String(verdicts.count { $0.outcome.element == element }) }
  let suite = Markup.tag(
    "testsuite",
    [
      "name": "assay verify", "tests": String(verdicts.count), "failures": count("failure"), "errors": count("error"),
      "skipped": count("skipped"),
    ], verdicts.map(testCase))
  return #"<?xml version="1.0" encoding="UTF-8"?>"# + "\n" + suite.written
}

private func testCase(_ verdict: Verdict) -> Markup {
  let content =
    verdict.outcome.element.map { Markup.tag($0, ["message": "\(verdict.outcome.words): \(verdict.account)"]) }
    ?? Markup.tag("system-out", text: verdict.account)
  return .tag("testcase", ["classname": "assay.\(verdict.tier.rawValue)", "name": verdict.claim.id], [content])
}

extension Verdict.Outcome {
  /// What stands inside the claim's case; nothing where it passed.
  fileprivate var element: String? {
    switch self {
    case .supported: nil
    case .contradicted: "failure"
    case .inconclusive, .notRun: "error"
    case .notComparable: "skipped"
    }
  }
}
