/* Adam (Kingma and Ba 2015, algorithm 1), one pass over the parameters. */
#include "include/CKernels.h"
#include "targets.h"
#include <math.h>

KERNEL_CLONES static void adam_lanes(
    float *values, const float *gradient, float *first, float *second, size_t count, float size, float root,
    float beta1, float beta2, float epsilon) {
  const float share1 = 1.0f - beta1, share2 = 1.0f - beta2;
  VECTOR_LOOP for (size_t i = 0; i < count; i++) {
    const float g = gradient[i];
    const float m = fused(share1, g - first[i], first[i]);
    const float v = fused(share2 * g, g, beta2 * second[i]);
    first[i] = m;
    second[i] = v;
    values[i] = fused(-size, m / fused(__builtin_sqrtf(v), root, epsilon), values[i]);
  }
}

void kernel_adam(
    float *values, const float *gradient, float *first, float *second, size_t count, uint64_t t, float rate,
    float beta1, float beta2, float epsilon) {
  const float size = (float)(rate / (1 - pow(beta1, (double)t)));
  const float root = (float)(1 / sqrt(1 - pow(beta2, (double)t)));
  const size_t whole = count / LANES * LANES, rest = count - whole;
  adam_lanes(values, gradient, first, second, whole, size, root, beta1, beta2, epsilon);
  if (rest == 0) return;
  float end[4][LANES] = {{0}};
  float *const arrays[] = {values + whole, first + whole, second + whole};
  for (size_t k = 0; k < 3; k++) memcpy(end[k], arrays[k], rest * sizeof(float));
  memcpy(end[3], gradient + whole, rest * sizeof(float));
  adam_lanes(end[0], end[3], end[1], end[2], LANES, size, root, beta1, beta2, epsilon);
  for (size_t k = 0; k < 3; k++) memcpy(arrays[k], end[k], rest * sizeof(float));
}
