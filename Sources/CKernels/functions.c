/* The elementary functions over arrays, and the name of the instruction set they run with. */
#include "include/CKernels.h"
#include "mathematics.h"

/* Applies `expression` of x to whole vectors, and to the rest in a padded one: no number depends on the count. */
#define MAP(expression)                                                        \
  const size_t whole = count / LANES * LANES, rest = count - whole;            \
  VECTOR_LOOP for (size_t i = 0; i < whole; i++) {                             \
    const float x = in[i];                                                     \
    out[i] = (expression);                                                     \
  }                                                                            \
  if (rest == 0) return;                                                       \
  float end[LANES] = {0};                                                      \
  memcpy(end, in + whole, rest * sizeof(float));                               \
  VECTOR_LOOP for (size_t i = 0; i < LANES; i++) {                             \
    const float x = end[i];                                                    \
    end[i] = (expression);                                                     \
  }                                                                            \
  memcpy(out + whole, end, rest * sizeof(float))

KERNEL_CLONES void kernel_exp(float *out, const float *in, size_t count) { MAP(exponential(x)); }

KERNEL_CLONES void kernel_log(float *out, const float *in, size_t count) { MAP(logarithm(x)); }

KERNEL_CLONES void kernel_tanh(float *out, const float *in, size_t count) { MAP(hyperbolic_tangent(x)); }

const char *kernel_instruction_set(void) {
#if defined(__x86_64__) && !defined(KERNEL_PORTABLE)
  if (__builtin_cpu_supports("x86-64-v4")) return "avx512";
  if (__builtin_cpu_supports("x86-64-v3")) return "avx2";
#endif
  return "portable";
}
