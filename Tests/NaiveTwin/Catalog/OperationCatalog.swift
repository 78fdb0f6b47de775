/// Every operation of `Tensors`, each in the shapes that could go wrong.
///
/// The gradient check walks this list, and so does the check of every executor against the twin; a test sees to it that
/// no operation and no elementwise function is missing.
package enum OperationCatalog {
  package static let all: [CatalogCase] =
    leaves + unary + binary + reductions + shapes + matrices + images + convolutions + perAxis + same + normalizations
    + enlargements + pools + likelihoods
}
