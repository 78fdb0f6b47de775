/* One step of Adam on sixteen parameters after the other, for the kernels that make it. */
#ifndef KERNELS_ADAM_H
#define KERNELS_ADAM_H

#include "include/CKernels.h"
#include "targets.h"

/* What is the same for all parameters of a step. */
typedef struct {
  float size, root, share1, share2, beta2, epsilon;
} adam_terms;

adam_terms adam_terms_of(const kernel_adam_rule *rule);

/* Adam on `count` parameters, a multiple of sixteen. */
INLINE void adam_lanes(
    float *values, const float *gradient, float *first, float *second, size_t count, const adam_terms *terms) {
  const adam_terms t = *terms;
  VECTOR_LOOP for (size_t i = 0; i < count; i++) {
    const float g = gradient[i];
    const float m = fused(t.share1, g - first[i], first[i]);
    const float v = fused(t.share2 * g, g, t.beta2 * second[i]);
    first[i] = m;
    second[i] = v;
    values[i] = fused(-t.size, m / fused(__builtin_sqrtf(v), t.root, t.epsilon), values[i]);
  }
}

/* Adam on any count of parameters; the bits of one do not depend on its place. */
INLINE void adam_run(
    float *values, const float *gradient, float *first, float *second, size_t count, const adam_terms *terms) {
  const size_t whole = count / LANES * LANES, rest = count - whole;
  adam_lanes(values, gradient, first, second, whole, terms);
  if (rest == 0) return;
  float end[4][LANES] = {{0}};
  float *const arrays[] = {values + whole, first + whole, second + whole};
  for (size_t k = 0; k < 3; k++) memcpy(end[k], arrays[k], rest * sizeof(float));
  memcpy(end[3], gradient + whole, rest * sizeof(float));
  adam_lanes(end[0], end[3], end[1], end[2], LANES, terms);
  for (size_t k = 0; k < 3; k++) memcpy(arrays[k], end[k], rest * sizeof(float));
}

#endif
