/// One thing that was looked at, and what to do where it is not right.
package struct Finding: Codable, Sendable, Equatable {
  package let subject: String
  package let state: State
  package let account: String

  package enum State: String, Codable, Sendable {
    /// Works.
    case good
    /// Something cannot be done with it, but the program runs.
    case limited
    /// Nothing can be run.
    case broken
  }

  package init(_ subject: String, _ state: State, _ account: String) {
    (self.subject, self.state, self.account) = (subject, state, account)
  }
}
