/* The instructions of fused programs over one tile, each a loop of its own. */
#include "fused_arithmetic.h"
#include "mathematics.h"
#include "special_functions.h"
#include "sums.h"

#define EACH(expression)                                                      \
  do {                                                                        \
    VECTOR_LOOP for (size_t i = 0; i < vectors * LANES; i++) out[i] = (expression); \
  } while (0);                                                                \
  return

INLINE float sign(float x) { return x > 0.0f ? 1.0f : x < 0.0f ? -1.0f : x; }

KERNEL_CLONES static void unary(int32_t opcode, float *out, const float *a, float x, float y, size_t vectors) {
  switch (opcode) {
    case KERNEL_CONSTANT: EACH(x);
    case KERNEL_AFFINE: EACH(fused(x, a[i], y));
    case KERNEL_EXP: EACH(exponential(a[i]));
    case KERNEL_LOG: EACH(logarithm(a[i]));
    case KERNEL_TANH: EACH(hyperbolic_tangent(a[i]));
    case KERNEL_SIGMOID: EACH(logistic(a[i]));
    case KERNEL_SOFTPLUS: EACH(softened_plus(a[i]));
    case KERNEL_SQUARE: EACH(a[i] * a[i]);
    case KERNEL_SQRT: EACH(__builtin_sqrtf(a[i]));
    case KERNEL_RECIPROCAL: EACH(1.0f / a[i]);
    case KERNEL_ABS: EACH(absolute(a[i]));
    case KERNEL_SIGN: EACH(sign(a[i]));
    case KERNEL_LEAKY_RELU: EACH(a[i] > 0.0f ? a[i] : x * a[i]);
    case KERNEL_LEAKY_STEP: EACH(a[i] > 0.0f ? 1.0f : x);
    case KERNEL_LOG_ONE_PLUS: EACH(logarithm_of_one_plus(a[i]));
    case KERNEL_LOG_GAMMA: EACH((float)log_gamma(a[i]));
    case KERNEL_POLYGAMMA:
      if (x == 0) {
        EACH((float)digamma(a[i]));
      }
      for (size_t i = 0; i < vectors * LANES; i++) out[i] = (float)polygamma((int)x, a[i]);
      return;
  }
}

KERNEL_CLONES static void binary(int32_t opcode, float *out, const float *a, const float *b, size_t vectors) {
  switch (opcode) {
    case KERNEL_ADD: EACH(a[i] + b[i]);
    case KERNEL_SUBTRACT: EACH(a[i] - b[i]);
    case KERNEL_MULTIPLY: EACH(a[i] * b[i]);
    case KERNEL_DIVIDE: EACH(a[i] / b[i]);
    case KERNEL_MAXIMUM: EACH(larger(a[i], b[i]));
    case KERNEL_AT_LEAST: EACH(a[i] >= b[i] ? 1.0f : 0.0f);
  }
}

void fused_arithmetic(
    int32_t opcode, float *out, const float *a, const float *b, float x, float y, size_t count) {
  if (opcode < KERNEL_ADD) unary(opcode, out, a, x, y, count / LANES);
  else binary(opcode, out, a, b, count / LANES);
}

KERNEL_CLONES void fused_row_sums(double *sums, const float *a, size_t rows, size_t columns) {
  for (size_t r = 0; r < rows; r++) sums[r] = short_sum(a + r * columns, columns);
}
