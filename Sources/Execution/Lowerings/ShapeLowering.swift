import Tensors

extension Reshape: Lowerable {
  func lower(_ node: Int, in planner: inout Planner) throws {
    planner.alias(node, to: planner.survey.inputs(node)[0])
  }
}

extension Slice: Lowerable {
  func lower(_ node: Int, in planner: inout Planner) throws {
    let source = planner.survey.inputs(node)[0]
    let rows = RowSizes(planner.survey.shape(source), axis: axis, planner.layouts[node])
    let (input, output) = (planner.buffer(of: source, as: planner.layouts[node]), planner.define(node))
    let (offset, length) = (range.lowerBound * rows.inner, range.count * rows.inner)
    planner.emit("slice \(range) of axis \(axis)", reads: [input], writes: [output]) { memory in
      RowCopyStep(
        output: memory[output], input: memory[input] + offset, rows: rows.outer, length: length, outputStride: length,
        inputStride: rows.length)
    }
  }
}

extension Embed: Lowerable {
  func lower(_ node: Int, in planner: inout Planner) throws {
    let source = planner.survey.inputs(node)[0]
    let layout = planner.layouts[node]
    let (narrow, wide) = (
      RowSizes(planner.survey.shape(source), axis: axis, layout),
      RowSizes(planner.survey.shape(node), axis: axis, layout)
    )
    let (input, output) = (planner.buffer(of: source, as: planner.layouts[node]), planner.define(node))
    let (offset, count) = (before * wide.inner, planner.survey.shape(node).count)
    planner.emit("zeros", reads: [], writes: [output]) { ZeroStep(output: $0[output], count: count) }
    planner.emit("embed into axis \(axis)", reads: [input, output], writes: [output]) { memory in
      RowCopyStep(
        output: memory[output] + offset, input: memory[input], rows: narrow.outer, length: narrow.length,
        outputStride: wide.length, inputStride: narrow.length)
    }
  }
}

extension Concatenate: Lowerable {
  func lower(_ node: Int, in planner: inout Planner) throws {
    let layout = planner.layouts[node]
    let wide = RowSizes(planner.survey.shape(node), axis: axis, layout)
    let inputs = planner.survey.inputs(node).map { (planner.buffer(of: $0, as: layout), planner.survey.shape($0)) }
    let output = planner.define(node)
    var offset = 0
    for (input, shape) in inputs {
      let (narrow, start) = (RowSizes(shape, axis: axis, layout), offset)
      planner.emit("concatenate along axis \(axis)", reads: [input], writes: [output]) { memory in
        RowCopyStep(
          output: memory[output] + start, input: memory[input], rows: narrow.outer, length: narrow.length,
          outputStride: wide.length, inputStride: narrow.length)
      }
      offset += narrow.length
    }
  }
}

/// A tensor seen as rows that begin anew with each index before an axis; the same for blocked images along the channels,
/// whose blocks lie in their order.
private struct RowSizes {
  /// The number of rows.
  let outer: Int
  /// Elements of one index of the axis.
  let inner: Int
  /// Elements of a row.
  let length: Int

  init(_ shape: Shape, axis: Int, _ layout: Layout) {
    // The order of the axes in memory, outermost first.
    let order = layout == .channelsLast ? [0, 2, 3, 1] : Array(0..<shape.rank)
    let place = order.prefix { $0 != axis }.count
    outer = order[..<place].map { shape[$0] }.reduce(1, *)
    inner = order[(place + 1)...].map { shape[$0] }.reduce(1, *)
    length = inner * shape[axis]
  }
}
