/* Biases and sums per channel, and the way between plain and blocked images. */
#include "include/CKernels.h"
#include "sums.h"

INLINE float activated(float x, int leaky, float slope) { return !leaky || x > 0.0f ? x : slope * x; }

KERNEL_CLONES static void plain_bias(
    float *out, const float *in, const float *bias, size_t batch, size_t channels, size_t area, int leaky,
    float slope) {
  for (size_t plane = 0; plane < batch * channels; plane++) {
    const float shift = bias[plane % channels];
    const float *const from = in + plane * area;
    float *const to = out + plane * area;
    VECTOR_LOOP for (size_t i = 0; i < area; i++) to[i] = activated(from[i] + shift, leaky, slope);
  }
}

KERNEL_CLONES static void blocked_bias(
    float *out, const float *in, const float *bias, size_t batch, size_t channels, size_t area, int leaky,
    float slope) {
  for (size_t plane = 0; plane < batch * (channels / LANES); plane++) {
    const float *const shift = bias + plane % (channels / LANES) * LANES;
    const float *const from = in + plane * area * LANES;
    float *const to = out + plane * area * LANES;
    for (size_t i = 0; i < area * LANES; i += LANES) {
      VECTOR_LOOP for (size_t lane = 0; lane < LANES; lane++) {
        to[i + lane] = activated(from[i + lane] + shift[lane], leaky, slope);
      }
    }
  }
}

void kernel_channel_bias(
    float *out, const float *in, const float *bias, size_t batch, size_t channels, size_t area, size_t block,
    int leaky, float slope) {
  (block == LANES ? blocked_bias : plain_bias)(out, in, bias, batch, channels, area, leaky, slope);
}

KERNEL_CLONES static void plain_sum(float *out, const float *in, size_t batch, size_t channels, size_t area) {
  for (size_t channel = 0; channel < channels; channel++) {
    double total = 0;
    for (size_t image = 0; image < batch; image++) total += long_sum(in + (image * channels + channel) * area, area);
    out[channel] = (float)total;
  }
}

enum { POSITIONS = 128 };

/* Sixteen channels at once: four float partial sums along at most POSITIONS of an image, added up in double. */
INLINE void add_positions(double total[LANES], const float *in, size_t positions) {
  float partial[4][LANES] = {{0}};
  size_t i = 0;
  for (; i + 4 <= positions; i += 4) {
    for (size_t k = 0; k < 4; k++) {
      VECTOR_LOOP for (size_t lane = 0; lane < LANES; lane++) partial[k][lane] += in[(i + k) * LANES + lane];
    }
  }
  for (; i < positions; i++) {
    VECTOR_LOOP for (size_t lane = 0; lane < LANES; lane++) partial[0][lane] += in[i * LANES + lane];
  }
  for (size_t lane = 0; lane < LANES; lane++) {
    total[lane] += ((double)partial[0][lane] + partial[1][lane]) + ((double)partial[2][lane] + partial[3][lane]);
  }
}

KERNEL_CLONES static void blocked_sum(float *out, const float *in, size_t batch, size_t channels, size_t area) {
  for (size_t channel = 0; channel < channels; channel += LANES) {
    double total[LANES] = {0};
    for (size_t image = 0; image < batch; image++) {
      const float *const plane = in + (image * channels + channel) * area;
      for (size_t i = 0; i < area; i += POSITIONS) {
        add_positions(total, plane + i * LANES, area - i < POSITIONS ? area - i : POSITIONS);
      }
    }
    for (size_t lane = 0; lane < LANES; lane++) out[channel + lane] = (float)total[lane];
  }
}

void kernel_channel_sum(float *out, const float *in, size_t batch, size_t channels, size_t area, size_t block) {
  (block == LANES ? blocked_sum : plain_sum)(out, in, batch, channels, area);
}

/* The lanes of a block that hold channels; the rest are padding. */
static size_t channels_in_block(size_t channels, size_t block) {
  const size_t left = channels - block * LANES;
  return left < LANES ? left : LANES;
}

KERNEL_CLONES static void block_to16(float *to, const float *from, size_t lanes, size_t area) {
  if (lanes < LANES) {
    memset(to, 0, area * LANES * sizeof(float));
    for (size_t lane = 0; lane < lanes; lane++) {
      for (size_t i = 0; i < area; i++) to[i * LANES + lane] = from[lane * area + i];
    }
    return;
  }
  for (size_t i = 0; i < area; i++) {
    for (size_t lane = 0; lane < LANES; lane++) to[i * LANES + lane] = from[lane * area + i];
  }
}

void kernel_to_blocked16(float *out, const float *in, size_t batch, size_t channels, size_t area) {
  const size_t blocks = padded(channels) / LANES;
  for (size_t image = 0; image < batch; image++) {
    for (size_t block = 0; block < blocks; block++) {
      block_to16(
          out + (image * blocks + block) * area * LANES, in + (image * channels + block * LANES) * area,
          channels_in_block(channels, block), area);
    }
  }
}

void kernel_from_blocked16(float *out, const float *in, size_t batch, size_t channels, size_t area) {
  const size_t blocks = padded(channels) / LANES;
  for (size_t image = 0; image < batch; image++) {
    for (size_t block = 0; block < blocks; block++) {
      const float *const from = in + (image * blocks + block) * area * LANES;
      float *const to = out + (image * channels + block * LANES) * area;
      for (size_t lane = 0; lane < channels_in_block(channels, block); lane++) {
        for (size_t i = 0; i < area; i++) to[lane * area + i] = from[i * LANES + lane];
      }
    }
  }
}

/* One image, in squares that stay in the first-level cache; of three colours, pixel by pixel. */
KERNEL_CLONES static void transpose(float *out, const float *in, size_t rows, size_t columns) {
  const size_t side = 32;
  if (rows == 3) {
    for (size_t i = 0; i < columns; i++) {
      for (size_t j = 0; j < 3; j++) out[i * 3 + j] = in[j * columns + i];
    }
    return;
  }
  for (size_t first = 0; first < columns; first += side) {
    const size_t end = first + side < columns ? first + side : columns;
    for (size_t row = 0; row < rows; row += side) {
      const size_t stop = row + side < rows ? row + side : rows;
      for (size_t i = first; i < end; i++) {
        for (size_t j = row; j < stop; j++) out[i * rows + j] = in[j * columns + i];
      }
    }
  }
}

void kernel_transpose(float *out, const float *in, size_t batch, size_t rows, size_t columns) {
  const size_t size = rows * columns;
  for (size_t image = 0; image < batch; image++) transpose(out + image * size, in + image * size, rows, columns);
}
