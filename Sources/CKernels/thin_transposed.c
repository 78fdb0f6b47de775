/* The transposed convolution to a few image channels: a product with all taps at each pixel, then a sum of the
 * overlapping patches. */
#include "include/CKernels.h"
#include "targets.h"

enum { PIXELS = 8 };

/* What follows from a shape. */
typedef struct {
  size_t outputs, gh, gw;
  size_t patch, taps, lanes;    /* of one channel, of all, and padded to whole vectors */
  size_t plane_rows, plane_row; /* all that the patches of one channel cover */
} thin_sizes;

static thin_sizes sizes_of(const kernel_thin_shape *s) {
  const size_t patch = s->kernel[0] * s->kernel[1], taps = s->inputs * patch;
  return (thin_sizes){
      s->outputs, s->rows, s->columns, patch, taps, padded(taps), (s->rows - 1) * s->stride[0] + s->kernel[0],
      (s->columns - 1) * s->stride[1] + s->kernel[1]};
}

size_t kernel_thin_scratch(const kernel_thin_shape *shape) {
  const thin_sizes sizes = sizes_of(shape);
  return (sizes.outputs + sizes.gh * sizes.gw) * sizes.lanes + sizes.plane_rows * sizes.plane_row;
}

/* From [outputs][taps] to [vectors of taps][outputs][16], zeros at the end. */
static void pack_weights(float *packed, const float *w, const thin_sizes *shape) {
  for (size_t tap = 0; tap < shape->lanes; tap++) {
    for (size_t o = 0; o < shape->outputs; o++) {
      packed[(tap / LANES * shape->outputs + o) * LANES + tap % LANES] =
          tap < shape->taps ? w[o * shape->taps + tap] : 0.0f;
    }
  }
}

/* patches[pixel][16] = sum over outputs of g[pixel, output] w[output][16], for `pixels` <= PIXELS at a time. */
INLINE void multiply_pixels(
    float *patches, const float *g, const float *packed, const thin_sizes *shape, size_t area, size_t pixels) {
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
    float *patches, const float *g, const float *packed, const thin_sizes *shape) {
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
INLINE void add_patches(float *plane, const float *patches, const thin_sizes *shape, size_t k, size_t stride) {
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

/* The same for any kernel and strides, pixel by pixel. */
static void add_patches_of_any(
    float *plane, const float *patches, const thin_sizes *shape, const kernel_thin_shape *of) {
  memset(plane, 0, shape->plane_rows * shape->plane_row * sizeof(float));
  for (size_t pixel = 0; pixel < shape->gh * shape->gw; pixel++) {
    float *const to =
        plane + pixel / shape->gw * of->stride[0] * shape->plane_row + pixel % shape->gw * of->stride[1];
    const float *const from = patches + pixel * shape->lanes;
    for (size_t tap = 0; tap < shape->patch; tap++) {
      to[tap / of->kernel[1] * shape->plane_row + tap % of->kernel[1]] += from[tap];
    }
  }
}

#define ADD_PATCHES(k, stride) \
  case 2 * k + stride: add_patches(plane, patches, shape, k, stride); return

static void add_patches_of_shape(
    float *plane, const float *patches, const thin_sizes *shape, const kernel_thin_shape *of) {
  const int is_square = of->kernel[0] == of->kernel[1] && of->stride[0] == of->stride[1];
  if (!is_square || of->stride[0] > 2) return add_patches_of_any(plane, patches, shape, of);
  switch (2 * of->kernel[0] + of->stride[0]) {
    ADD_PATCHES(3, 1);
    ADD_PATCHES(3, 2);
    ADD_PATCHES(4, 1);
    ADD_PATCHES(4, 2);
    ADD_PATCHES(5, 1);
    ADD_PATCHES(5, 2);
    ADD_PATCHES(6, 1);
    ADD_PATCHES(6, 2);
    default: add_patches_of_any(plane, patches, shape, of);
  }
}

/* Cuts the image out of the plane; what no patch covers is bias alone. */
static void cut_image(
    float *image, const float *plane, float bias, const thin_sizes *shape, const kernel_thin_shape *of) {
  const size_t above = of->padding[0], left = of->padding[1];
  for (size_t y = 0; y < of->height; y++) {
    float *const to = image + y * of->width;
    const float *const from = plane + (y + above) * shape->plane_row + left;
    size_t covered = y + above < shape->plane_rows && left < shape->plane_row ? shape->plane_row - left : 0;
    if (covered > of->width) covered = of->width;
    for (size_t x = 0; x < covered; x++) to[x] = from[x] + bias;
    for (size_t x = covered; x < of->width; x++) to[x] = bias;
  }
}

void kernel_thin_transposed(
    float *out, const float *g, const float *w, const float *bias, float *scratch, const kernel_thin_shape *of) {
  const thin_sizes shape = sizes_of(of);
  const size_t results = shape.gh * shape.gw, pixels = of->height * of->width;
  float *const packed = scratch, *const patches = packed + shape.outputs * shape.lanes;
  float *const plane = patches + results * shape.lanes;
  pack_weights(packed, w, &shape);
  for (size_t image = 0; image < of->batch; image++) {
    multiply_image(patches, g + image * shape.outputs * results, packed, &shape);
    for (size_t c = 0; c < of->inputs; c++) {
      add_patches_of_shape(plane, patches + c * shape.patch, &shape, of);
      cut_image(out + (image * of->inputs + c) * pixels, plane, bias ? bias[c] : 0.0f, &shape, of);
    }
  }
}
