/* How much arithmetic one core does at most: chains of fused multiply-adds that never leave the registers. */
#define _POSIX_C_SOURCE 199309L
#include "include/CKernels.h"
#include "targets.h"
#include <stdlib.h>
#include <time.h>

/* Enough independent chains to hide the latency of two units, few enough for the registers of each instruction set. */
enum { CHAINS = 12, ROUNDS = 200000, MEASUREMENTS = 256 };

static double processor_seconds(void) {
  struct timespec time;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
  return (double)time.tv_sec + 1e-9 * (double)time.tv_nsec;
}

/* The chains stay in registers of the processor's own width: `lanes` numbers each. */
#define DEFINE_CHAINS(name, target, lanes) \
  typedef float name##_vector __attribute__((vector_size(4 * lanes))); \
  target static float name(float scale, size_t rounds) { \
    name##_vector sums[CHAINS], factor = (name##_vector){0} + scale, shift = (name##_vector){0} + 1e-3f; \
    for (int chain = 0; chain < CHAINS; chain++) sums[chain] = (name##_vector){0} + (float)chain; \
    for (size_t round = 0; round < rounds; round++) { \
      _Pragma("clang loop unroll(full)") for (int chain = 0; chain < CHAINS; chain++) { \
        _Pragma("clang fp contract(fast)") sums[chain] = sums[chain] * factor + shift; \
      } \
    } \
    float total = 0; \
    for (int chain = 0; chain < CHAINS; chain++) total += sums[chain][0] + sums[chain][lanes - 1]; \
    return total; \
  }

DEFINE_CHAINS(portable_chains, , 4)
#if defined(__x86_64__)
DEFINE_CHAINS(avx2_chains, __attribute__((target("avx2,fma"))), 8)
DEFINE_CHAINS(avx512_chains, __attribute__((target("avx512f"))), 16)
#endif

static int by_size(const void *a, const void *b) {
  const double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

double kernel_fma_peak(double seconds) {
  float (*chains)(float, size_t) = portable_chains;
  double lanes = 4;
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx512f")) {
    chains = avx512_chains;
    lanes = 16;
  } else if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) {
    chains = avx2_chains;
    lanes = 8;
  }
#endif
  const double end = processor_seconds() + seconds;
  double rates[MEASUREMENTS];
  size_t count = 0;
  volatile float kept = chains(0.999f, ROUNDS);
  for (double now = processor_seconds(); count < MEASUREMENTS && (now < end || count == 0); count++) {
    const double start = now;
    kept = chains(0.999f, ROUNDS);
    now = processor_seconds();
    rates[count] = 2.0 * lanes * CHAINS * ROUNDS / (now - start);
  }
  (void)kept;
  qsort(rates, count, sizeof *rates, by_size);
  return rates[count / 2];
}
