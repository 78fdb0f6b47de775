/* The cross-entropy of a softmax with whole-numbered targets, and its gradient. */
#include "include/CKernels.h"
#include "mathematics.h"
#include "sums.h"

enum { PLACES = 64 };

/* The log-sum-exp of up to PLACES columns of a [classes, inner] table; what is beyond `count` is padding. */
INLINE void log_sums(float sums[PLACES], const float *logits, size_t classes, size_t inner, size_t count) {
  float peaks[PLACES], row[PLACES] = {0};
  for (size_t i = 0; i < PLACES; i++) {
    peaks[i] = -__builtin_inff();
    sums[i] = 0;
  }
  for (size_t class = 0; class < classes; class++) {
    memcpy(row, logits + class * inner, count * sizeof(float));
    VECTOR_LOOP for (size_t i = 0; i < PLACES; i++) peaks[i] = larger(peaks[i], row[i]);
  }
  for (size_t class = 0; class < classes; class++) {
    memcpy(row, logits + class * inner, count * sizeof(float));
    VECTOR_LOOP for (size_t i = 0; i < PLACES; i++) sums[i] += exponential(row[i] - peaks[i]);
  }
  VECTOR_LOOP for (size_t i = 0; i < PLACES; i++) sums[i] = peaks[i] + logarithm(sums[i]);
}

KERNEL_CLONES void kernel_cross_entropy(
    float *out, const float *logits, const float *targets, size_t outer, size_t classes, size_t inner) {
  for (size_t o = 0; o < outer; o++, logits += classes * inner, targets += inner, out += inner) {
    for (size_t start = 0; start < inner; start += PLACES) {
      const size_t count = inner - start < PLACES ? inner - start : PLACES;
      float sums[PLACES];
      log_sums(sums, logits + start, classes, inner, count);
      for (size_t i = 0; i < count; i++) {
        out[start + i] = sums[i] - logits[(size_t)targets[start + i] * inner + start + i];
      }
    }
  }
}

/* The log-sum-exp is an entropy and the logit of its target. */
KERNEL_CLONES void kernel_cross_entropy_gradient(
    float *out, const float *g, const float *entropies, const float *logits, const float *targets, size_t outer,
    size_t classes, size_t inner) {
  for (size_t o = 0; o < outer; o++) {
    for (size_t start = 0; start < inner; start += PLACES) {
      const size_t count = inner - start < PLACES ? inner - start : PLACES;
      float sums[PLACES] = {0}, row[PLACES] = {0}, scales[PLACES] = {0};
      memcpy(scales, g + start, count * sizeof(float));
      for (size_t i = 0; i < count; i++) {
        sums[i] = entropies[start + i] + logits[(size_t)targets[start + i] * inner + start + i];
      }
      for (size_t class = 0; class < classes; class++) {
        memcpy(row, logits + class * inner + start, count * sizeof(float));
        VECTOR_LOOP for (size_t i = 0; i < PLACES; i++) row[i] = scales[i] * exponential(row[i] - sums[i]);
        memcpy(out + class * inner + start, row, count * sizeof(float));
      }
      for (size_t i = 0; i < count; i++) out[(size_t)targets[start + i] * inner + start + i] -= scales[i];
    }
    logits += classes * inner;
    out += classes * inner;
    targets += inner;
    entropies += inner;
    g += inner;
  }
}
