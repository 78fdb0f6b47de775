/* Nearest up-sampling with replicated borders, and its adjoint. */
#include "include/CKernels.h"
#include "targets.h"

typedef float vector __attribute__((vector_size(4 * LANES)));

/* The first copy of a pixel, counted in the enlarged image; that of the pixel after the last is the end. */
INLINE size_t first_copy(size_t pixel, size_t size, size_t factor, size_t padding) {
  if (pixel == 0) return 0;
  return pixel == size ? size * factor + 2 * padding : padding + pixel * factor;
}

KERNEL_CLONES static void spread_row(
    float *out, const float *in, size_t width, size_t block, size_t factor, size_t padding) {
  for (size_t x = 0; x < width; x++) {
    const size_t end = first_copy(x + 1, width, factor, padding);
    for (size_t copy = first_copy(x, width, factor, padding); copy < end; copy++) {
      if (block == LANES) memcpy(out + copy * LANES, in + x * LANES, LANES * sizeof(float));
      else out[copy] = in[x];
    }
  }
}

void kernel_upsample(
    float *out, const float *in, size_t planes, size_t height, size_t width, size_t block, size_t factor,
    size_t padding) {
  const size_t row = (width * factor + 2 * padding) * block;
  for (size_t plane = 0; plane < planes; plane++) {
    for (size_t y = 0; y < height; y++, in += width * block) {
      const size_t copies = first_copy(y + 1, height, factor, padding) - first_copy(y, height, factor, padding);
      spread_row(out, in, width, block, factor, padding);
      for (size_t copy = 1; copy < copies; copy++) memcpy(out + copy * row, out, row * sizeof(float));
      out += copies * row;
    }
  }
}

/* The sums over a pixel's copies, `columns` of them side by side, in `rows` rows. */
INLINE void sum_copies(float *out, const float *in, size_t rows, size_t columns, size_t row) {
  vector sum = {0};
  for (size_t y = 0; y < rows; y++) {
    for (size_t copy = 0; copy < columns; copy++) {
      vector value;
      memcpy(&value, in + y * row + copy * LANES, sizeof value);
      sum += value;
    }
  }
  memcpy(out, &sum, sizeof sum);
}

KERNEL_CLONES static void gather_blocks(
    float *out, const float *in, size_t rows, size_t width, size_t row, size_t factor, size_t padding) {
  for (size_t x = 0; x < width; x++) {
    const size_t start = first_copy(x, width, factor, padding), end = first_copy(x + 1, width, factor, padding);
    const float *const from = in + start * LANES;
    /* What all pixels but those of the border have, with counts that the loops are unrolled for. */
    if (rows == 2 && end - start == 2) sum_copies(out + x * LANES, from, 2, 2, row);
    else sum_copies(out + x * LANES, from, rows, end - start, row);
  }
}

static void gather_pixels(
    float *out, const float *in, size_t rows, size_t width, size_t row, size_t factor, size_t padding) {
  for (size_t x = 0; x < width; x++) {
    const size_t start = first_copy(x, width, factor, padding), end = first_copy(x + 1, width, factor, padding);
    float sum = 0;
    for (size_t y = 0; y < rows; y++) {
      for (size_t copy = start; copy < end; copy++) sum += in[y * row + copy];
    }
    out[x] = sum;
  }
}

void kernel_upsample_gradient(
    float *out, const float *in, size_t planes, size_t height, size_t width, size_t block, size_t factor,
    size_t padding) {
  const size_t row = (width * factor + 2 * padding) * block;
  for (size_t plane = 0; plane < planes; plane++) {
    for (size_t y = 0; y < height; y++, out += width * block) {
      const size_t copies = first_copy(y + 1, height, factor, padding) - first_copy(y, height, factor, padding);
      (block == LANES ? gather_blocks : gather_pixels)(out, in, copies, width, row, factor, padding);
      in += copies * row;
    }
  }
}
