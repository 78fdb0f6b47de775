/* The transposed convolution to a few image channels: a product with all taps at each pixel, then a sum of the
 * overlapping patches. */
#include "include/CKernels.h"
#include "targets.h"

enum { PIXELS = 8 };

typedef struct {
  size_t outputs, inputs, k, gh, gw, height, width, stride, padding;
  size_t taps, lanes;           /* inputs x k x k, and padded to whole vectors */
  size_t plane_rows, plane_row; /* all that the patches of one channel cover */
} thin_shape;

size_t kernel_thin_scratch(size_t outputs, size_t inputs, size_t k, size_t gh, size_t gw) {
  const size_t lanes = padded(inputs * k * k);
  return outputs * lanes + gh * gw * lanes + gh * k * gw * k;
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

/* Adds every patch of one channel to its place. Pixels whose patches overlap along a row take turns, so that no
 * addition waits for its neighbour's; k and stride are constants where this is called. */
INLINE void add_patches(float *plane, const float *patches, const thin_shape *shape, size_t k, size_t stride) {
  const size_t turns = (k + stride - 1) / stride;
  memset(plane, 0, shape->plane_rows * shape->plane_row * sizeof(float));
  for (size_t turn = 0; turn < turns; turn++) {
    for (size_t i = 0; i < shape->gh; i++) {
      for (size_t u = 0; u < k; u++) {
        float *const to = plane + (i * stride + u) * shape->plane_row;
        const float *const from = patches + i * shape->gw * shape->lanes + u * k;
        for (size_t j = turn; j < shape->gw; j += turns) {
          float sums[8];
          for (size_t v = 0; v < k; v++) sums[v] = to[j * stride + v] + from[j * shape->lanes + v];
          memcpy(to + j * stride, sums, k * sizeof(float));
        }
      }
    }
  }
}

/* The same for any k and stride, pixel by pixel. */
static void add_patches_of_any(float *plane, const float *patches, const thin_shape *shape) {
  memset(plane, 0, shape->plane_rows * shape->plane_row * sizeof(float));
  for (size_t pixel = 0; pixel < shape->gh * shape->gw; pixel++) {
    float *const to = plane + (pixel / shape->gw * shape->plane_row + pixel % shape->gw) * shape->stride;
    const float *const from = patches + pixel * shape->lanes;
    for (size_t tap = 0; tap < shape->k * shape->k; tap++) {
      to[tap / shape->k * shape->plane_row + tap % shape->k] += from[tap];
    }
  }
}

#define ADD_PATCHES(k, stride) \
  case 2 * k + stride: add_patches(plane, patches, shape, k, stride); return

static void add_patches_of_shape(float *plane, const float *patches, const thin_shape *shape) {
  if (shape->stride > 2) return add_patches_of_any(plane, patches, shape);
  switch (2 * shape->k + shape->stride) {
    ADD_PATCHES(3, 1);
    ADD_PATCHES(3, 2);
    ADD_PATCHES(4, 1);
    ADD_PATCHES(4, 2);
    ADD_PATCHES(5, 1);
    ADD_PATCHES(5, 2);
    ADD_PATCHES(6, 1);
    ADD_PATCHES(6, 2);
    default: add_patches_of_any(plane, patches, shape);
  }
}

/* Cuts the image out of the plane; what no patch covers is bias alone. */
static void cut_image(float *image, const float *plane, float bias, const thin_shape *shape) {
  for (size_t y = 0; y < shape->height; y++) {
    float *const to = image + y * shape->width;
    const float *const from = plane + (y + shape->padding) * shape->plane_row + shape->padding;
    size_t covered = y + shape->padding < shape->plane_rows ? shape->plane_row - shape->padding : 0;
    if (covered > shape->width) covered = shape->width;
    for (size_t x = 0; x < covered; x++) to[x] = from[x] + bias;
    for (size_t x = covered; x < shape->width; x++) to[x] = bias;
  }
}

void kernel_thin_transposed(
    float *out, const float *g, const float *w, const float *bias, float *scratch, size_t batch, size_t outputs,
    size_t inputs, size_t gh, size_t gw, size_t height, size_t width, size_t k, size_t stride, size_t padding) {
  const size_t taps = inputs * k * k;
  const thin_shape shape = {
      outputs, inputs, k, gh, gw, height, width, stride, padding, taps, padded(taps), (gh - 1) * stride + k,
      (gw - 1) * stride + k};
  float *const packed = scratch, *const patches = packed + outputs * shape.lanes;
  float *const plane = patches + gh * gw * shape.lanes;
  pack_weights(packed, w, &shape);
  for (size_t image = 0; image < batch; image++) {
    multiply_image(patches, g + image * outputs * gh * gw, packed, &shape);
    for (size_t c = 0; c < inputs; c++) {
      add_patches_of_shape(plane, patches + c * k * k, &shape);
      cut_image(out + (image * inputs + c) * height * width, plane, bias ? bias[c] : 0.0f, &shape);
    }
  }
}
