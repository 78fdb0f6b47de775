import Experiments

/// What can be wrong with files that another program made.
package enum SampleError: Error, Equatable, CustomStringConvertible {
  case absent(String)
  case unknownKind(String)
  /// A file that cannot be read as what it is, and why.
  case unusable(String, reason: String)
  case noPictures(String, others: Int)
  case tooFew(String, count: Int)
  case mixed(first: String, firstShape: [Int], second: String, secondShape: [Int])
  case noImages(String, shape: [Int])
  case ambiguous(String, shape: [Int])
  case otherLayout(String, shape: [Int], layout: String)
  case imageType(String, type: String)
  case notFinite(String, value: String, index: [Int])
  case outOfRange(String, value: Double, index: [Int])
  case noCodes(String, shape: [Int])
  case noLikelihoods(String, shape: [Int])
  case noArray(String, name: String, known: [String])

  package var description: String { sentence.inOneLine }

  private var sentence: String {
    switch self {
    case .absent(let path): "there is nothing at \(path); name a folder or a file that is there"
    case .unknownKind(let path):
      "\(path) is neither a folder, nor a .npy, .npz or .zip file by its name; give one of these"
    case .unusable(let path, let reason): "\(path) \(reason); mend it or leave it out"
    case .noPictures(let path, let others):
      "\(path) holds no .png, .jpg or .jpeg file (files and folders in it: \(others)); name the folder that directly holds them"
    case .tooFew(let path, let count):
      "\(path) holds \(count == 1 ? "one item" : "no item"), and a distribution needs two at least; give more"
    case .mixed(let first, let firstShape, let second, let secondShape):
      "\(first) is \(words(firstShape)) and \(second) is \(words(secondShape)); all pictures must be of one size and kind"
    case .noImages(let path, let shape):
      "\(path) has the shape \(shape), which is none of images; give [n, height, width], [n, height, width, channels] or "
        + "[n, channels, height, width] with 1 or 3 channels"
    case .ambiguous(let path, let shape):
      "\(path) has the shape \(shape), in which either the second or the last number may be the channels; say which with "
        + "--layout nchw or --layout nhwc"
    case .otherLayout(let path, let shape, let layout):
      "\(path) has the shape \(shape), which --layout \(layout) does not fit; leave the option out or give another"
    case .imageType(let path, let type):
      "\(path) is of the type \(type); images are unsigned bytes from 0 to 255 (uint8) or floating-point numbers from 0 to 1"
    case .notFinite(let path, let value, let index):
      "\(path) holds \(value) at \(index); leave such items out, for a distance would have no meaning"
    case .outOfRange(let path, let value, let index):
      "\(path) holds \(Numerals.significant(value)) at \(index), where floating-point images lie from 0 to 1; rescale them, "
        + "or give bytes from 0 to 255 (uint8)"
    case .noCodes(let path, let shape):
      "\(path) has the shape \(shape), but latent codes are [n, dimensions]; reshape it"
    case .noLikelihoods(let path, let shape):
      "\(path) has the shape \(shape), but log-likelihoods are [n], in nats per image; reshape it"
    case .noArray(let path, let name, let known):
      known.isEmpty
        ? "\(path) holds no array; give a file that does"
        : "\(path) holds no array '\(name)'; there are: \(known.joined(separator: ", ")), given as \(path):\(known[0])"
    }
  }
}

/// `28 × 28 grey`
private func words(_ shape: [Int]) -> String {
  "\(shape[1]) × \(shape[2]) \(shape[0] == 1 ? "grey" : "in colour")"
}

/// Runs a reader of ours, whose complaints are about official files, on somebody else's.
func reading<Value>(_ path: String, _ read: () throws -> Value) throws -> Value {
  do { return try read() } catch DatasetError.malformed(let file, let reason) {
    throw SampleError.unusable(file, reason: reason)
  } catch let error as DatasetError {
    throw SampleError.unusable(path, reason: "cannot be read (\(error.fault))")
  }
}
