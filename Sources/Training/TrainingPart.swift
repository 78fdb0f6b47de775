import Tensors

/// One of the programs that make up an iteration, and where the numbers of its inputs come from.
///
/// All parts of a phase share one parameter store; each updates parameters of its own, or none.
struct TrainingPart {
  /// `model`, or what the companion is called.
  let name: String
  let program: Program
  let feeds: [(input: String, feed: Feed)]

  /// Where the numbers of an input come from.
  enum Feed {
    /// The next batch of training items; another purpose draws other batches, independently.
    case items(purpose: String?)
    /// Rows of a table; tables with as many rows give rows of the same items.
    case rows(Matrix)
    /// What an earlier part of the same iteration put out under the same name.
    case carried
  }
}
