/* One point against many, in double: squared distances and what densities and kernels make of them. */
#include "include/CKernels.h"
#include "sums.h"

#include <math.h>

/* The sums of a strip stay in the first-level cache, or in registers, over all dimensions. */
enum { STRIP = 4 * LANES };

/* A distance is summed up in the order of the dimensions, each term rounded by itself, wherever its point stands. */
KERNEL_CLONES void kernel_squared_distances(
    double *out, const double *points, const double *query, size_t count, size_t dimensions) {
  for (size_t start = 0; start < count; start += STRIP) {
    const size_t width = count - start < STRIP ? count - start : STRIP;
    double sums[STRIP] = {0};
    for (size_t d = 0; d < dimensions; d++) {
      const double *row = points + d * count + start, q = query[d];
      if (width == STRIP) {
        VECTOR_LOOP for (size_t i = 0; i < STRIP; i++) sums[i] += (row[i] - q) * (row[i] - q);
      } else {
        for (size_t i = 0; i < width; i++) sums[i] += (row[i] - q) * (row[i] - q);
      }
    }
    memcpy(out + start, sums, width * sizeof(double));
  }
}

KERNEL_CLONES void kernel_weighted_distances(
    double *out, const double *points, const double *weights, const double *query, size_t count, size_t dimensions) {
  for (size_t start = 0; start < count; start += STRIP) {
    const size_t width = count - start < STRIP ? count - start : STRIP;
    double sums[STRIP] = {0};
    for (size_t d = 0; d < dimensions; d++) {
      const double *row = points + d * count + start, *weight = weights + d * count + start, q = query[d];
      if (width == STRIP) {
        VECTOR_LOOP for (size_t i = 0; i < STRIP; i++) sums[i] += (row[i] - q) * (row[i] - q) * weight[i];
      } else {
        for (size_t i = 0; i < width; i++) sums[i] += (row[i] - q) * (row[i] - q) * weight[i];
      }
    }
    memcpy(out + start, sums, width * sizeof(double));
  }
}

KERNEL_CLONES double kernel_least(const double *in, size_t count) {
  double lanes[LANES], least = INFINITY;
  for (size_t lane = 0; lane < LANES; lane++) lanes[lane] = INFINITY;
  size_t i = 0;
  for (; i + LANES <= count; i += LANES) {
    VECTOR_LOOP for (size_t lane = 0; lane < LANES; lane++) {
      lanes[lane] = in[i + lane] < lanes[lane] ? in[i + lane] : lanes[lane];
    }
  }
  for (; i < count; i++) least = in[i] < least ? in[i] : least;
  for (size_t lane = 0; lane < LANES; lane++) least = lanes[lane] < least ? lanes[lane] : least;
  return least;
}

/* e^-50 of the largest term, 2e-22, is left out of a sum whose own rounding is 1e-16. */
static const double negligible = -50;

KERNEL_CLONES double kernel_log_sum_exp(const double *peaks, double *depths, size_t count) {
  VECTOR_LOOP for (size_t i = 0; i < count; i++) depths[i] -= peaks[i];
  const double peak = -kernel_least(depths, count);
  if (!isfinite(peak)) return peak;
  double sum = 0;
  for (size_t i = 0; i < count; i++) {
    const double exponent = -depths[i] - peak;
    if (!(exponent < negligible)) sum += exp(exponent);
  }
  return peak + log(sum);
}

KERNEL_CLONES double kernel_multiquadric_sum(
    const double *squared_distances, size_t count, const double *widths, size_t scales) {
  double lanes[LANES] = {0};
  for (size_t i = 0; i < count; i += LANES) {
    double distances[LANES];
    const size_t width = count - i < LANES ? count - i : LANES;
    for (size_t lane = 0; lane < LANES; lane++) distances[lane] = INFINITY;
    memcpy(distances, squared_distances + i, width * sizeof(double));
    for (size_t s = 0; s < scales; s++) {
      const double c = widths[s];
      VECTOR_LOOP for (size_t lane = 0; lane < LANES; lane++) lanes[lane] += c / (c + distances[lane]);
    }
  }
  return sum_of_lanes(lanes);
}
