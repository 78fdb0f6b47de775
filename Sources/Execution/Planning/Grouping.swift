import Tensors

/// Nodes that run as one unit of work.
struct Group {
  enum Kind: Equatable {
    /// Elementwise operations of one shape and sums over them, in one pass.
    case elementwise
    /// A convolution or transposed convolution with its bias and activation.
    case convolution
    /// A matrix product with its bias and activation.
    case product
    /// Any other single operation.
    case single
  }

  var kind: Kind
  /// In the order of the graph.
  var members: [Int]
}

/// The fusion of a program's nodes into groups.
///
/// An elementwise node joins the groups of its elementwise operands of the same shape and layout, unless that would make
/// a group wait for itself; a sum joins the group it sums; a bias and an activation join their convolution or matrix product.
struct Grouping {
  private let survey: Survey
  private let layouts: Layouts
  /// For each node its group's index.
  private var groupOf: [Int?]
  private var all: [Group] = []

  var groups: [Group] { all.filter { !$0.members.isEmpty } }

  init(_ survey: Survey, layouts: Layouts) {
    self.survey = survey
    self.layouts = layouts
    groupOf = Array(repeating: nil, count: survey.graph.nodes.count)
    for node in survey.graph.nodes.indices where survey.isNeeded[node] && !isElsewhere(node) { place(node) }
  }

  /// Constants are written into the instructions of their readers where these are all elementwise.
  private func isElsewhere(_ node: Int) -> Bool {
    survey.operation(node) is Constant && !survey.isPinned[node]
      && survey.readers[node].allSatisfy { survey.operation($0) is any Elementwise }
  }

  private mutating func place(_ node: Int) {
    if let group = layer(toExtendBy: node) {
      add(node, to: group)
    } else if survey.operation(node) is any Elementwise {
      joinElementwise(node, candidates: survey.inputs(node).filter { isFusable($0, with: node) })
    } else if let sum = survey.operation(node) as? Sum, isFusable(sum, of: survey.inputs(node)[0]) {
      joinElementwise(node, candidates: survey.inputs(node))
    } else {
      append(node, kindOfOwn(node))
    }
  }

  private func kindOfOwn(_ node: Int) -> Group.Kind {
    switch survey.operation(node) {
    case is any ConvolutionFamily: .convolution
    case is Matmul: .product
    default: .single
    }
  }

  /// The group of a convolution or product that a bias or an activation can be made part of.
  private func layer(toExtendBy node: Int) -> Int? {
    guard let input = survey.inputs(node).first, let group = groupOf[input],
      [.convolution, .product].contains(all[group].kind), survey.isPrivate(input, to: node)
    else { return nil }
    let isExtension =
      switch all[group].members.count {
      case 1: isBias(node, of: all[group].kind)
      case 2: survey.operation(node).isLeakyReLU
      default: false
      }
    return isExtension ? group : nil
  }

  /// Whether a node adds a number per channel to a convolution's results, or per column to a product's.
  private func isBias(_ node: Int, of kind: Group.Kind) -> Bool {
    if kind == .convolution { return survey.operation(node) is ChannelBias }
    guard (survey.operation(node) as? Binary)?.function == .add else { return false }
    return survey.shape(survey.inputs(node)[1]) == [survey.shape(node)[1]]
  }

  private func isFusable(_ input: Int, with node: Int) -> Bool {
    survey.operation(input) is any Elementwise && survey.shape(input) == survey.shape(node)
      && layouts[input] == layouts[node]
  }

  /// A sum is taken in passing where it runs over everything, or over the trailing axes of a plain tensor.
  private func isFusable(_ sum: Sum, of input: Int) -> Bool {
    guard survey.operation(input) is any Elementwise, let group = groupOf[input], all[group].kind == .elementwise else {
      return false
    }
    let rank = survey.shape(input).rank
    if sum.isTotal(rank: rank) { return true }
    guard layouts[input] == .plain, sum.isTrailing(rank: rank) else { return false }
    return all[group].members.allSatisfy { member in
      guard let other = survey.operation(member) as? Sum else { return true }
      return other.isTotal(rank: rank) || Set(other.axes) == Set(sum.axes)
    }
  }

  private mutating func joinElementwise(_ node: Int, candidates: [Int]) {
    append(node, .elementwise)
    for case let candidate? in candidates.map({ groupOf[$0] }) where all[candidate].kind == .elementwise {
      guard let own = groupOf[node], own != candidate, agreeOnSums(own, candidate) else { continue }
      let members = (all[own].members + all[candidate].members).sorted()
      if !waitsForItself(members) { merge(own, into: candidate, members: members) }
    }
  }

  /// Whether the partial sums of both groups run over the same axes.
  private func agreeOnSums(_ first: Int, _ second: Int) -> Bool {
    let axes = (all[first].members + all[second].members).compactMap { member -> Set<Int>? in
      guard let sum = survey.operation(member) as? Sum else { return nil }
      return sum.isTotal(rank: survey.shape(survey.inputs(member)[0]).rank) ? nil : Set(sum.axes)
    }
    return Set(axes).count <= 1
  }

  private mutating func append(_ node: Int, _ kind: Group.Kind) {
    all.append(Group(kind: kind, members: [node]))
    groupOf[node] = all.count - 1
  }

  private mutating func add(_ node: Int, to group: Int) {
    all[group].members.append(node)
    groupOf[node] = group
  }

  private mutating func merge(_ source: Int, into target: Int, members: [Int]) {
    all[source].members = []
    all[target].members = members
    for member in members { groupOf[member] = target }
  }

  /// Whether the members cannot run in one pass: one of them reads a sum of another, or a path leads from them out
  /// through another group and back in.
  private func waitsForItself(_ members: [Int]) -> Bool {
    var isInside = Array(repeating: false, count: survey.graph.nodes.count)
    for member in members { isInside[member] = true }
    if members.contains(where: { survey.inputs($0).contains { isInside[$0] && survey.operation($0) is Sum } }) {
      return true
    }
    var isSeen = Array(repeating: false, count: all.count)
    var pending = members.flatMap(survey.inputs).filter { !isInside[$0] }
    while let node = pending.popLast() {
      guard let group = groupOf[node], !isSeen[group] else { continue }
      isSeen[group] = true
      for input in all[group].members.flatMap(survey.inputs) {
        if isInside[input] { return true }
        pending.append(input)
      }
    }
    return false
  }
}

extension Operation {
  /// Whether this is the activation that convolutions take along.
  var isLeakyReLU: Bool { leakySlope != nil }

  /// The slope of a leaky ReLU, `nil` for anything else.
  var leakySlope: Float? {
    guard case .leakyReLU(let slope)? = (self as? Unary)?.function else { return nil }
    return slope
  }
}

extension Sum {
  func isTotal(rank: Int) -> Bool { axes.count == rank }
  func isTrailing(rank: Int) -> Bool { Set(axes) == Set((rank - axes.count)..<rank) }
}
