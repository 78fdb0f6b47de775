/* How kernels are compiled for several instruction sets at once, and how their loops are written.
 *
 * A function marked KERNEL_CLONES is compiled for baseline x86-64, for AVX2 with FMA and for AVX-512; the loader picks
 * one when the program starts. Helpers are always inlined, so that they take on the instruction set of their caller.
 * Results may differ in the last bit between instruction sets (FMA), never between two runs on one processor. */
#ifndef KERNELS_TARGETS_H
#define KERNELS_TARGETS_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* KERNEL_PORTABLE leaves the baseline alone: for sanitizers, which start too late for functions that the loader picks,
 * and for tests of the baseline (swift test -Xcc -DKERNEL_PORTABLE). */
#if defined(__x86_64__) && !defined(KERNEL_PORTABLE)
#define KERNEL_CLONES \
  __attribute__((target_clones("default", "arch=x86-64-v3", "arch=x86-64-v4")))
#else
#define KERNEL_CLONES
#endif

#define INLINE static inline __attribute__((always_inline))

/* Iterations that do not depend on each other, sixteen at a time. An output may lie exactly where an input does. The
 * number of iterations must be a multiple of sixteen wherever a result could depend on how it is computed. */
#define VECTOR_LOOP _Pragma("clang loop vectorize(assume_safety) vectorize_width(16) interleave_count(1)")

enum { LANES = 16, TILE = 512 };

INLINE size_t padded(size_t count) { return (count + LANES - 1) / LANES * LANES; }

/* a b + c, in one rounding where the processor can. */
INLINE float fused(float a, float b, float c) {
#pragma clang fp contract(fast)
  return a * b + c;
}

#endif
