/* The transposed convolution to a few image channels: a product with all taps at each pixel, then a sum of the
 * overlapping patches. */
#include "include/CKernels.h"
#include "targets.h"

enum { PIXELS = 8 };

typedef struct {
  size_t outputs, inputs, k, gh, gw, height, width, stride, padding;
  size_t taps, lanes; /* inputs x k x k, and padded to whole vectors */
} thin_shape;

size_t kernel_thin_scratch(size_t outputs, size_t inputs, size_t k, size_t gh, size_t gw) {
  const size_t lanes = padded(inputs * k * k);
  return outputs * lanes + padded(gh * gw) * lanes + LANES;
}

/* From [outputs][taps] to [vectors of taps][outputs][16], zeros at the end. */
static void pack_weights(float *packed, const float *w, const thin_shape *shape) {
  for (size_t tap = 0; tap < shape->lanes; tap++) {
    for (size_t o = 0; o < shape->outputs; o++) {
      packed[(tap / LANES * shape->outputs + o) * LANES + tap % LANES] =
          tap < shape->taps ? w[o * shape->taps + tap] : 0.0f;
    }
  }
}

/* patches[pixel][16] = sum over outputs of g[pixel, output] w[output][16], for `pixels` <= PIXELS at a time. */
INLINE void multiply_pixels(
    float *patches, const float *g, const float *packed, const thin_shape *shape, size_t area, size_t pixels) {
  float sums[PIXELS][LANES] = {{0}};
  for (size_t o = 0; o < shape->outputs; o++) {
    const float *const column = g + o / LANES * area * LANES + o % LANES;
    const float *const weights = packed + o * LANES;
#pragma clang loop unroll(full)
    for (size_t pixel = 0; pixel < pixels; pixel++) {
      VECTOR_LOOP for (size_t lane = 0; lane < LANES; lane++) {
        sums[pixel][lane] = fused(column[pixel * LANES], weights[lane], sums[pixel][lane]);
      }
    }
  }
  for (size_t pixel = 0; pixel < pixels; pixel++) {
    memcpy(patches + pixel * shape->lanes, sums[pixel], sizeof sums[pixel]);
  }
}

KERNEL_CLONES static void multiply_image(
    float *patches, const float *g, const float *packed, const thin_shape *shape) {
  const size_t area = shape->gh * shape->gw;
  for (size_t first = 0; first < shape->lanes; first += LANES) {
    const float *const weights = packed + first * shape->outputs;
    size_t pixel = 0;
    for (; pixel + PIXELS <= area; pixel += PIXELS) {
      multiply_pixels(patches + pixel * shape->lanes + first, g + pixel * LANES, weights, shape, area, PIXELS);
    }
    for (; pixel < area; pixel++) {
      multiply_pixels(patches + pixel * shape->lanes + first, g + pixel * LANES, weights, shape, area, 1);
    }
  }
}

typedef struct { size_t first, end; } span;

/* The positions i of g for which the tap at `offset` falls inside the image: 0 <= stride i + offset - padding < size. */
static span reach(size_t count, size_t size, size_t offset, size_t stride, size_t padding) {
  const size_t first = offset >= padding ? 0 : (padding - offset + stride - 1) / stride;
  const size_t room = size + padding > offset ? (size + padding - offset - 1) / stride + 1 : 0;
  return (span){first, room < count ? room : count};
}

/* Adds one tap of all patches to the plane of one image channel. */
INLINE void add_tap(
    float *plane, const float *patches, const thin_shape *shape, size_t u, size_t v, size_t stride) {
  const span rows = reach(shape->gh, shape->height, u, stride, shape->padding);
  const span columns = reach(shape->gw, shape->width, v, stride, shape->padding);
  for (size_t i = rows.first; i < rows.end; i++) {
    float *const to = plane + (i * stride + u - shape->padding) * shape->width;
    const float *const from = patches + i * shape->gw * shape->lanes;
    for (size_t j = columns.first; j < columns.end; j++) {
      to[j * stride + v - shape->padding] += from[j * shape->lanes];
    }
  }
}

static void add_patches(float *image, const float *patches, const float *bias, const thin_shape *shape) {
  const size_t area = shape->height * shape->width, square = shape->k * shape->k;
  for (size_t c = 0; c < shape->inputs; c++) {
    float *const plane = image + c * area;
    for (size_t i = 0; i < area; i++) plane[i] = bias ? bias[c] : 0.0f;
    for (size_t tap = 0; tap < square; tap++) {
      add_tap(plane, patches + c * square + tap, shape, tap / shape->k, tap % shape->k, shape->stride);
    }
  }
}

void kernel_thin_transposed(
    float *out, const float *g, const float *w, const float *bias, float *scratch, size_t batch, size_t outputs,
    size_t inputs, size_t gh, size_t gw, size_t height, size_t width, size_t k, size_t stride, size_t padding) {
  const size_t taps = inputs * k * k;
  const thin_shape shape = {outputs, inputs, k, gh, gw, height, width, stride, padding, taps, padded(taps)};
  float *const packed = scratch, *const patches = scratch + outputs * shape.lanes;
  pack_weights(packed, w, &shape);
  for (size_t image = 0; image < batch; image++) {
    multiply_image(patches, g + image * outputs * gh * gw, packed, &shape);
    add_patches(out + image * inputs * height * width, patches, bias, &shape);
  }
}
