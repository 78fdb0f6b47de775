/* Sums and peaks of runs of numbers, in an order that depends on nothing but their count. */
#ifndef KERNELS_SUMS_H
#define KERNELS_SUMS_H

#include "targets.h"

/* The sum of sixteen numbers in double: halves onto halves. */
INLINE double sum_of_lanes(const double lanes[LANES]) {
  double half[LANES / 2];
  for (size_t lane = 0; lane < 8; lane++) half[lane] = lanes[lane] + lanes[lane + 8];
  for (size_t lane = 0; lane < 4; lane++) half[lane] += half[lane + 4];
  return (half[0] + half[2]) + (half[1] + half[3]);
}

/* Sixty-four numbers and more: four vectors of float partial sums, whose lanes are added up in double. */
INLINE double sum_of_vectors(const float *in, size_t count) {
  float partial[4 * LANES] = {0};
  double lanes[LANES];
  size_t i = 0;
  for (; i + 4 * LANES <= count; i += 4 * LANES) {
    VECTOR_LOOP for (size_t lane = 0; lane < 4 * LANES; lane++) partial[lane] += in[i + lane];
  }
  for (; i + LANES <= count; i += LANES) {
    VECTOR_LOOP for (size_t lane = 0; lane < LANES; lane++) partial[lane] += in[i + lane];
  }
  for (size_t lane = LANES; i < count; i++, lane++) partial[lane] += in[i];
  for (size_t lane = 0; lane < LANES; lane++) {
    lanes[lane] = ((double)partial[lane] + partial[lane + LANES]) +
        ((double)partial[lane + 2 * LANES] + partial[lane + 3 * LANES]);
  }
  return sum_of_lanes(lanes);
}

/* The sum of up to some hundred numbers; the error is a few parts in 10^7 of the sum of the sizes. */
INLINE double short_sum(const float *in, size_t count) {
  if (count >= 4 * LANES) return sum_of_vectors(in, count);
  double even = 0, odd = 0;
  size_t i = 0;
  for (; i + 2 <= count; i += 2) {
    even += in[i];
    odd += in[i + 1];
  }
  return (even + (i < count ? in[i] : 0)) + odd;
}

/* The sum of any count of numbers, tile by tile, the tiles' sums in double. */
INLINE double long_sum(const float *in, size_t count) {
  double total = 0;
  for (size_t i = 0; i < count; i += TILE) total += short_sum(in + i, count - i < TILE ? count - i : TILE);
  return total;
}

/* The larger of two numbers, and NaN where either is. */
INLINE float larger(float a, float b) { return a > b || a != a ? a : b; }

#endif
