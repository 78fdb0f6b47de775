/// Something out of the ordinary that happened to a run: it was cut off, begun again, went on from a savepoint.
package struct RunEvent: Codable, Hashable, Sendable {
  /// Seconds since 1970, by the clock of the machine that it happened on.
  package let time: Double
  package let what: String

  package init(time: Double, what: String) { (self.time, self.what) = (time, what) }
}
