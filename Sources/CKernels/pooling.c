/* Windows over images: means, and values at the places of maxima, with their adjoints. A pixel is `block` channels that
 * lie together; they are taken `lanes` at a time, sixteen where that divides them and else one. */
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

/* Calls for each window and each vector of its channels: `rows` and `columns` are the pixels that it covers, `first` is
 * the channel; `at` moves over the windows' array. */
#define EACH_WINDOW(at, ...)                                                            \
  for (size_t i = 0; i < w->rows; i++) {                                                \
    const span rows = covered(i, w->height, w);                                         \
    for (size_t j = 0; j < w->columns; j++) {                                           \
      const span columns = covered(j, w->width, w);                                     \
      for (size_t first = 0; first < block; first += lanes, at += lanes) { __VA_ARGS__ } \
    }                                                                                   \
  }

INLINE float pixels_of(span rows, span columns) {
  return (float)((rows.end - rows.first) * (columns.end - columns.first));
}

INLINE void average_window(
    float *out, const float *in, span rows, span columns, const kernel_window *w, size_t lanes, size_t block) {
  float sums[LANES] = {0};
  for (size_t y = rows.first; y < rows.end; y++) {
    for (size_t x = columns.first; x < columns.end; x++) {
      const float *const from = in + (y * w->width + x) * block;
      for (size_t lane = 0; lane < lanes; lane++) sums[lane] += from[lane];
    }
  }
  const float count = pixels_of(rows, columns);
  for (size_t lane = 0; lane < lanes; lane++) out[lane] = sums[lane] / count;
}

INLINE void spread_window(
    float *out, const float *g, span rows, span columns, const kernel_window *w, size_t lanes, size_t block) {
  const float count = pixels_of(rows, columns);
  float shares[LANES];
  for (size_t lane = 0; lane < lanes; lane++) shares[lane] = g[lane] / count;
  for (size_t y = rows.first; y < rows.end; y++) {
    for (size_t x = columns.first; x < columns.end; x++) {
      float *const to = out + (y * w->width + x) * block;
      for (size_t lane = 0; lane < lanes; lane++) to[lane] += shares[lane];
    }
  }
}

INLINE void average(float *out, const float *in, const kernel_window *w, size_t lanes, size_t block) {
  EACH_WINDOW(out, average_window(out, in + first, rows, columns, w, lanes, block);)
}

INLINE void spread(float *out, const float *g, const kernel_window *w, size_t lanes, size_t block) {
  memset(out, 0, w->height * w->width * block * sizeof(float));
  EACH_WINDOW(g, spread_window(out + first, g, rows, columns, w, lanes, block);)
}

typedef float vector __attribute__((vector_size(4 * LANES)));
typedef int32_t whole_vector __attribute__((vector_size(4 * LANES)));

/* Lane by lane a where `which` is set, else b. */
#define CHOSEN(which, a, b) (((which) & (a)) | (~(which) & (b)))

/* The first maximum of each lane in a window, and its pixel; NaN is larger than any number. */
INLINE void find_peaks_of_lanes(
    float peaks[LANES], int32_t places[LANES], const float *keys, span rows, span columns, const kernel_window *w,
    size_t block) {
  const size_t start = rows.first * w->width + columns.first;
  vector peak;
  memcpy(&peak, keys + start * block, sizeof peak);
  whole_vector place = (whole_vector){0} + (int32_t)start;
  for (size_t y = rows.first; y < rows.end; y++) {
    for (size_t x = columns.first; x < columns.end; x++) {
      vector value;
      memcpy(&value, keys + (y * w->width + x) * block, sizeof value);
      const whole_vector is_larger = ~(value <= peak) & (peak == peak);
      peak = (vector)CHOSEN(is_larger, (whole_vector)value, (whole_vector)peak);
      place = CHOSEN(is_larger, ((whole_vector){0} + (int32_t)(y * w->width + x)), place);
    }
  }
  memcpy(peaks, &peak, sizeof peak);
  memcpy(places, &place, sizeof place);
}

/* The same of a single channel. */
INLINE void find_peak(
    float *peak, int32_t *place, const float *keys, span rows, span columns, const kernel_window *w, size_t block) {
  const size_t start = rows.first * w->width + columns.first;
  *peak = keys[start * block];
  *place = (int32_t)start;
  for (size_t y = rows.first; y < rows.end; y++) {
    for (size_t x = columns.first; x < columns.end; x++) {
      const float value = keys[(y * w->width + x) * block];
      if (value <= *peak || *peak != *peak) continue;
      *peak = value;
      *place = (int32_t)(y * w->width + x);
    }
  }
}

INLINE void find_peaks(
    float peaks[LANES], int32_t places[LANES], const float *keys, span rows, span columns, const kernel_window *w,
    size_t lanes, size_t block) {
  if (lanes == LANES) find_peaks_of_lanes(peaks, places, keys, rows, columns, w, block);
  else find_peak(peaks, places, keys, rows, columns, w, block);
}

INLINE void pick_window(
    float *out, const float *values, const float *keys, span rows, span columns, const kernel_window *w, size_t lanes,
    size_t block) {
  float peaks[LANES];
  int32_t places[LANES];
  find_peaks(peaks, places, keys, rows, columns, w, lanes, block);
  for (size_t lane = 0; lane < lanes; lane++) out[lane] = values[(size_t)places[lane] * block + lane];
}

/* Of the keys themselves: the places are not looked for. */
INLINE void peak_window(
    float *out, const float *keys, span rows, span columns, const kernel_window *w, size_t lanes, size_t block) {
  float peaks[LANES];
  for (size_t lane = 0; lane < lanes; lane++) peaks[lane] = keys[(rows.first * w->width + columns.first) * block + lane];
  for (size_t y = rows.first; y < rows.end; y++) {
    for (size_t x = columns.first; x < columns.end; x++) {
      const float *const from = keys + (y * w->width + x) * block;
      for (size_t lane = 0; lane < lanes; lane++) {
        const int is_larger = (from[lane] > peaks[lane]) | (from[lane] != from[lane]);
        peaks[lane] = is_larger ? from[lane] : peaks[lane];
      }
    }
  }
  memcpy(out, peaks, lanes * sizeof(float));
}

INLINE void place_window(
    float *out, const float *g, const float *keys, span rows, span columns, const kernel_window *w, size_t lanes,
    size_t block) {
  float peaks[LANES];
  int32_t places[LANES];
  find_peaks(peaks, places, keys, rows, columns, w, lanes, block);
  for (size_t lane = 0; lane < lanes; lane++) out[(size_t)places[lane] * block + lane] += g[lane];
}

INLINE void pick(
    float *out, const float *values, const float *keys, const kernel_window *w, size_t lanes, size_t block) {
  if (values == keys) {
    EACH_WINDOW(out, peak_window(out, keys + first, rows, columns, w, lanes, block);)
  } else {
    EACH_WINDOW(out, pick_window(out, values + first, keys + first, rows, columns, w, lanes, block);)
  }
}

INLINE void place(float *out, const float *g, const float *keys, const kernel_window *w, size_t lanes, size_t block) {
  memset(out, 0, w->height * w->width * block * sizeof(float));
  EACH_WINDOW(g, place_window(out + first, g, keys + first, rows, columns, w, lanes, block);)
}

/* Every plane of the images, with the lanes a constant in the loops over them. */
#define EACH_PLANE(function, out_step, in_step, ...)                                      \
  for (size_t plane = 0; plane < planes; plane++) {                                       \
    float *const to = out + plane * out_step * block;                                     \
    const float *const from = in + plane * in_step * block;                               \
    if (block == LANES) function(to, from, __VA_ARGS__ w, LANES, LANES);                  \
    else if (block % LANES == 0) function(to, from, __VA_ARGS__ w, LANES, block);         \
    else function(to, from, __VA_ARGS__ w, 1, block);                                     \
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
