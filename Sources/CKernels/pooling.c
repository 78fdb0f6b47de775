/* Windows over images: means, and values at the places of maxima, with their adjoints. */
#include "include/CKernels.h"
#include "targets.h"

/* The pixels of a window that lie within the images, along one axis. */
typedef struct {
  size_t first, end;
} span;

INLINE span covered(size_t index, size_t size, const kernel_window *w) {
  const size_t start = index * w->stride, stop = start + w->size;
  return (span){start > w->before ? start - w->before : 0, stop - w->before < size ? stop - w->before : size};
}

INLINE void average(float *out, const float *in, const kernel_window *w, size_t block) {
  for (size_t i = 0; i < w->rows; i++) {
    const span rows = covered(i, w->height, w);
    for (size_t j = 0; j < w->columns; j++, out += block) {
      const span columns = covered(j, w->width, w);
      float sums[LANES] = {0};
      for (size_t y = rows.first; y < rows.end; y++) {
        for (size_t x = columns.first; x < columns.end; x++) {
          const float *const from = in + (y * w->width + x) * block;
          for (size_t lane = 0; lane < block; lane++) sums[lane] += from[lane];
        }
      }
      const float count = (float)((rows.end - rows.first) * (columns.end - columns.first));
      for (size_t lane = 0; lane < block; lane++) out[lane] = sums[lane] / count;
    }
  }
}

INLINE void spread(float *out, const float *g, const kernel_window *w, size_t block) {
  memset(out, 0, w->height * w->width * block * sizeof(float));
  for (size_t i = 0; i < w->rows; i++) {
    const span rows = covered(i, w->height, w);
    for (size_t j = 0; j < w->columns; j++, g += block) {
      const span columns = covered(j, w->width, w);
      const float count = (float)((rows.end - rows.first) * (columns.end - columns.first));
      float shares[LANES];
      for (size_t lane = 0; lane < block; lane++) shares[lane] = g[lane] / count;
      for (size_t y = rows.first; y < rows.end; y++) {
        for (size_t x = columns.first; x < columns.end; x++) {
          float *const to = out + (y * w->width + x) * block;
          for (size_t lane = 0; lane < block; lane++) to[lane] += shares[lane];
        }
      }
    }
  }
}

typedef float lanes __attribute__((vector_size(4 * LANES)));
typedef int32_t whole_lanes __attribute__((vector_size(4 * LANES)));

/* Lane by lane a where `which` is set, else b. */
#define CHOSEN(which, a, b) (((which) & (a)) | (~(which) & (b)))

/* The first maximum of each lane in a window, and its pixel; NaN is larger than any number. */
INLINE void find_peaks_of_lanes(
    float peaks[LANES], int32_t places[LANES], const float *keys, span rows, span columns, const kernel_window *w) {
  const size_t start = rows.first * w->width + columns.first;
  lanes peak;
  memcpy(&peak, keys + start * LANES, sizeof peak);
  whole_lanes place = (whole_lanes){0} + (int32_t)start;
  for (size_t y = rows.first; y < rows.end; y++) {
    for (size_t x = columns.first; x < columns.end; x++) {
      lanes value;
      memcpy(&value, keys + (y * w->width + x) * LANES, sizeof value);
      const whole_lanes is_larger = ~(value <= peak) & (peak == peak);
      peak = (lanes)CHOSEN(is_larger, (whole_lanes)value, (whole_lanes)peak);
      place = CHOSEN(is_larger, ((whole_lanes){0} + (int32_t)(y * w->width + x)), place);
    }
  }
  memcpy(peaks, &peak, sizeof peak);
  memcpy(places, &place, sizeof place);
}

/* The same of a single channel. */
INLINE void find_peak(
    float *peak, int32_t *place, const float *keys, span rows, span columns, const kernel_window *w) {
  const size_t start = rows.first * w->width + columns.first;
  *peak = keys[start];
  *place = (int32_t)start;
  for (size_t y = rows.first; y < rows.end; y++) {
    for (size_t x = columns.first; x < columns.end; x++) {
      const float value = keys[y * w->width + x];
      if (value <= *peak || *peak != *peak) continue;
      *peak = value;
      *place = (int32_t)(y * w->width + x);
    }
  }
}

INLINE void find_peaks(
    float peaks[LANES], int32_t places[LANES], const float *keys, span rows, span columns, const kernel_window *w,
    size_t block) {
  if (block == LANES) find_peaks_of_lanes(peaks, places, keys, rows, columns, w);
  else find_peak(peaks, places, keys, rows, columns, w);
}

INLINE void pick(float *out, const float *values, const float *keys, const kernel_window *w, size_t block) {
  for (size_t i = 0; i < w->rows; i++) {
    for (size_t j = 0; j < w->columns; j++, out += block) {
      float peaks[LANES];
      int32_t places[LANES];
      find_peaks(peaks, places, keys, covered(i, w->height, w), covered(j, w->width, w), w, block);
      if (values == keys) {
        memcpy(out, peaks, block * sizeof(float));
        continue;
      }
      for (size_t lane = 0; lane < block; lane++) out[lane] = values[(size_t)places[lane] * block + lane];
    }
  }
}

INLINE void place(float *out, const float *g, const float *keys, const kernel_window *w, size_t block) {
  memset(out, 0, w->height * w->width * block * sizeof(float));
  for (size_t i = 0; i < w->rows; i++) {
    for (size_t j = 0; j < w->columns; j++, g += block) {
      float peaks[LANES];
      int32_t places[LANES];
      find_peaks(peaks, places, keys, covered(i, w->height, w), covered(j, w->width, w), w, block);
      for (size_t lane = 0; lane < block; lane++) out[(size_t)places[lane] * block + lane] += g[lane];
    }
  }
}

/* Every plane of the images, with the block a constant in the loops over its lanes. */
#define EACH_PLANE(function, out_step, in_step, ...)                                                        \
  for (size_t plane = 0; plane < planes; plane++) {                                                         \
    if (block == LANES) function(out + plane * out_step * LANES, in + plane * in_step * LANES, __VA_ARGS__ w, LANES); \
    else function(out + plane * out_step, in + plane * in_step, __VA_ARGS__ w, 1);                          \
  }

#define KEYS keys + plane * w->height * w->width * block,

KERNEL_CLONES void kernel_average_pool(
    float *out, const float *in, const kernel_window *w, size_t planes, size_t block) {
  EACH_PLANE(average, w->rows * w->columns, w->height * w->width, )
}

KERNEL_CLONES void kernel_average_pool_gradient(
    float *out, const float *in, const kernel_window *w, size_t planes, size_t block) {
  EACH_PLANE(spread, w->height * w->width, w->rows * w->columns, )
}

KERNEL_CLONES void kernel_pick_maximum(
    float *out, const float *in, const float *keys, const kernel_window *w, size_t planes, size_t block) {
  EACH_PLANE(pick, w->rows * w->columns, w->height * w->width, KEYS)
}

KERNEL_CLONES void kernel_place_maximum(
    float *out, const float *in, const float *keys, const kernel_window *w, size_t planes, size_t block) {
  EACH_PLANE(place, w->height * w->width, w->rows * w->columns, KEYS)
}
