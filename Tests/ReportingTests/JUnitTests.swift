import Experiments
import Reporting
import Testing

/// Verdicts and changes as continuous integration reads them.
struct JUnitTests {
  private func verdict(_ outcome: Verdict.Outcome, account: String = "lower by 1.") -> Verdict {
    let id = ExperimentID(paper: "a", dataset: "mnist", method: "x")
    let claim = Claim(
      id: "a/\(outcome.rawValue)", statement: "s", source: "p. 1", tier: .smoke, seeds: 2, level: 0.05,
      assertion: .ordering(better: id, worse: id, metric: MetricID("kl")))
    return Verdict(claim: claim, tier: .nightly, outcome: outcome, account: account)
  }

  @Test func `each claim is a case, and only a supported one passes`() throws {
    let text = junit(Verdict.Outcome.allCases.map { verdict($0) })
    let suite = try ParsedMarkup(text)
    #expect(suite.all("testcase").map { $0.attributes["name"] } == Verdict.Outcome.allCases.map { "a/\($0.rawValue)" })
    #expect(suite.all("failure").count == 1 && suite.all("error").count == 2 && suite.all("skipped").count == 1)
    #expect(text.contains(#"tests="5" failures="1" errors="2" skipped="1""#))
  }

  @Test func `an account is text, whatever it holds`() throws {
    let account = #"lower by <b>1</b> & "more"."#
    let suite = try ParsedMarkup(
      junit([verdict(.contradicted, account: account), verdict(.supported, account: account)]))
    #expect(suite.all("failure").first?.attributes["message"] == "contradicted: \(account)")
    #expect(suite.all("system-out").first?.text == account)
    #expect(suite.all("b").isEmpty)
  }
}
