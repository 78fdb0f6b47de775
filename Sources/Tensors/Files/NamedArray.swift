/// Numbers under a name, as a file of weights keeps them.
package struct NamedArray: Equatable, Sendable {
  package let name: String
  package let shape: [Int]
  /// Row-major: the last index runs fastest.
  package let values: [Float]

  package init(name: String, shape: [Int], values: [Float]) {
    precondition(values.count == shape.reduce(1, *), "\(values.count) numbers are no array of shape \(shape)")
    self.name = name
    self.shape = shape
    self.values = values
  }
}
