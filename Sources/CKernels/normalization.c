/* Batch normalisation: one pass each for the moments, the values, the gradients' sums and the images' gradient.
 *
 * Sums are in double, lane by lane: the squares of floats are exact there, so that the variance needs no shift. */
#include "include/CKernels.h"
#include "sums.h"

/* What a channel's numbers are computed with. */
typedef struct {
  float mean, scale, bias;     /* y = scale (x - mean) + bias */
  float along, slant, constant; /* dx = along g + slant (x - mean) + constant */
} channel_terms;

INLINE float normal_value(float x, float mean, float scale, float bias) { return fused(x - mean, scale, bias); }

INLINE float leaky(float y, float slope) { return y > 0.0f ? y : slope * y; }

/* The output's gradient before the leaky ReLU, whose input was y. */
INLINE float before_leaky(float g, float y, float slope) { return y > 0.0f ? g : slope * g; }

static float inverse_deviation(const kernel_normalization *n, size_t channels, size_t channel) {
  return (float)(1.0 / __builtin_sqrt((double)n->moments[channels + channel] + n->epsilon));
}

static channel_terms forward_terms(const kernel_normalization *n, size_t channels, size_t channel) {
  return (channel_terms){
      .mean = n->moments[channel],
      .scale = n->weight[channel] * inverse_deviation(n, channels, channel),
      .bias = n->bias[channel]};
}

static channel_terms gradient_terms(
    const kernel_normalization *n, const float *sums, const kernel_images *images, size_t channel) {
  channel_terms terms = forward_terms(n, images->channels, channel);
  terms.along = terms.scale;
  if (!sums) return terms;
  const double share = (double)terms.scale / ((double)images->batch * (double)images->area);
  terms.slant = (float)(-share * inverse_deviation(n, images->channels, channel) * sums[images->channels + channel]);
  terms.constant = (float)(-share * sums[channel]);
  return terms;
}

/* The terms of sixteen channels, lane by lane. */
typedef struct {
  float mean[LANES], scale[LANES], bias[LANES], along[LANES], slant[LANES], constant[LANES];
} lane_terms;

static void set_lane(lane_terms *lanes, size_t lane, channel_terms terms) {
  lanes->mean[lane] = terms.mean;
  lanes->scale[lane] = terms.scale;
  lanes->bias[lane] = terms.bias;
  lanes->along[lane] = terms.along;
  lanes->slant[lane] = terms.slant;
  lanes->constant[lane] = terms.constant;
}

/* Adds x and x^2 to the lanes' sums; in double the product of two floats is exact, contracted or not. */
INLINE void add_moments(double sums[LANES], double squares[LANES], const float *x) {
#pragma clang fp contract(fast)
  VECTOR_LOOP for (size_t lane = 0; lane < LANES; lane++) {
    const double value = x[lane];
    sums[lane] += value;
    squares[lane] += value * value;
  }
}

static void finish_moments(float *out, size_t channels, size_t channel, double sum, double square, double count) {
  const double mean = sum / count, variance = square / count - mean * mean;
  out[channel] = (float)mean;
  out[channels + channel] = variance > 0 ? (float)variance : variance != variance ? (float)variance : 0.0f;
}

KERNEL_CLONES static void blocked_moments(float *out, const float *in, const kernel_images *s) {
  for (size_t channel = 0; channel < s->channels; channel += LANES) {
    double sums[2][LANES] = {{0}}, squares[2][LANES] = {{0}};
    for (size_t image = 0; image < s->batch; image++) {
      const float *const plane = in + (image * s->channels + channel) * s->area;
      size_t i = 0;
      for (; i + 2 <= s->area; i += 2) {
        add_moments(sums[0], squares[0], plane + i * LANES);
        add_moments(sums[1], squares[1], plane + (i + 1) * LANES);
      }
      if (i < s->area) add_moments(sums[image % 2], squares[image % 2], plane + i * LANES);
    }
    const double count = (double)s->batch * (double)s->area;
    for (size_t lane = 0; lane < LANES; lane++) {
      finish_moments(
          out, s->channels, channel + lane, sums[0][lane] + sums[1][lane], squares[0][lane] + squares[1][lane], count);
    }
  }
}

KERNEL_CLONES static void plain_moments(float *out, const float *in, const kernel_images *s) {
  const double count = (double)s->batch * (double)s->area;
  for (size_t channel = 0; channel < s->channels; channel++) {
    double sums[2][LANES] = {{0}}, squares[2][LANES] = {{0}};
    for (size_t image = 0; image < s->batch; image++) {
      const float *const plane = in + (image * s->channels + channel) * s->area;
      size_t i = 0;
      for (; i + LANES <= s->area; i += LANES) add_moments(sums[0], squares[0], plane + i);
      for (size_t lane = 0; i < s->area; i++, lane++) {
        sums[1][lane] += plane[i];
        squares[1][lane] += (double)plane[i] * plane[i];
      }
    }
    for (size_t lane = 0; lane < LANES; lane++) {
      sums[0][lane] += sums[1][lane];
      squares[0][lane] += squares[1][lane];
    }
    finish_moments(out, s->channels, channel, sum_of_lanes(sums[0]), sum_of_lanes(squares[0]), count);
  }
}

void kernel_channel_moments(float *out, const float *in, const kernel_images *images) {
  (images->block == LANES ? blocked_moments : plain_moments)(out, in, images);
}

/* Sixteen channels of all images, the first of which begin at the pointers. */
KERNEL_CLONES static void normalize_lanes(
    float *out, const float *in, const lane_terms *terms, const kernel_images *s, float slope) {
  const lane_terms t = *terms;
  const size_t length = s->area * LANES, step = s->channels * s->area;
  for (size_t image = 0; image < s->batch; image++, in += step, out += step) {
    for (size_t i = 0; i < length; i += LANES) {
      VECTOR_LOOP for (size_t lane = 0; lane < LANES; lane++) {
        out[i + lane] = leaky(normal_value(in[i + lane], t.mean[lane], t.scale[lane], t.bias[lane]), slope);
      }
    }
  }
}

KERNEL_CLONES static void normalize_plane(
    float *out, const float *in, const channel_terms *terms, size_t area, float slope) {
  const channel_terms t = *terms;
  VECTOR_LOOP for (size_t i = 0; i < area; i++) {
    out[i] = leaky(normal_value(in[i], t.mean, t.scale, t.bias), slope);
  }
}

void kernel_normalize(
    float *out, const float *in, const kernel_normalization *n, const kernel_images *s) {
  for (size_t channel = 0; channel < s->channels; channel += s->block) {
    lane_terms lanes;
    for (size_t lane = 0; lane < s->block; lane++) {
      set_lane(&lanes, lane, forward_terms(n, s->channels, channel + lane));
    }
    const channel_terms terms = forward_terms(n, s->channels, channel);
    if (s->block == LANES) {
      normalize_lanes(out + channel * s->area, in + channel * s->area, &lanes, s, n->slope);
      continue;
    }
    for (size_t image = 0; image < s->batch; image++) {
      const size_t plane = (image * s->channels + channel) * s->area;
      normalize_plane(out + plane, in + plane, &terms, s->area, n->slope);
    }
  }
}

/* Adds g and g (x - mean) to the lanes' sums, g before the leaky ReLU. */
INLINE void add_gradients(
    double sums[LANES], double products[LANES], const float *g, const float *x, const lane_terms *t, float slope) {
#pragma clang fp contract(fast)
  VECTOR_LOOP for (size_t lane = 0; lane < LANES; lane++) {
    const float centred = x[lane] - t->mean[lane];
    const float before = before_leaky(g[lane], fused(centred, t->scale[lane], t->bias[lane]), slope);
    sums[lane] += before;
    products[lane] += (double)before * (double)centred;
  }
}

KERNEL_CLONES static void blocked_sums(
    double sums[LANES], double products[LANES], const float *g, const float *x, const lane_terms *terms,
    const kernel_images *s, float slope) {
  const lane_terms t = *terms;
  double own[2][LANES] = {{0}}, own_products[2][LANES] = {{0}};
  const size_t step = s->channels * s->area;
  for (size_t image = 0; image < s->batch; image++, g += step, x += step) {
    size_t i = 0;
    for (; i + 2 <= s->area; i += 2) {
      add_gradients(own[0], own_products[0], g + i * LANES, x + i * LANES, &t, slope);
      add_gradients(own[1], own_products[1], g + (i + 1) * LANES, x + (i + 1) * LANES, &t, slope);
    }
    if (i < s->area) add_gradients(own[0], own_products[0], g + i * LANES, x + i * LANES, &t, slope);
  }
  for (size_t lane = 0; lane < LANES; lane++) {
    sums[lane] = own[0][lane] + own[1][lane];
    products[lane] = own_products[0][lane] + own_products[1][lane];
  }
}

/* The same along a plane of one channel, whose terms fill all lanes; the rest goes through padded vectors. */
KERNEL_CLONES static void plain_sums(
    double sums[LANES], double products[LANES], const float *g, const float *x, const lane_terms *terms, size_t area,
    float slope) {
  const size_t whole = area / LANES * LANES;
  for (size_t i = 0; i < whole; i += LANES) add_gradients(sums, products, g + i, x + i, terms, slope);
  if (whole == area) return;
  float last_g[LANES] = {0}, last_x[LANES] = {0};
  memcpy(last_g, g + whole, (area - whole) * sizeof(float));
  memcpy(last_x, x + whole, (area - whole) * sizeof(float));
  add_gradients(sums, products, last_g, last_x, terms, slope);
}

void kernel_normalize_sums(
    float *out, const float *g, const float *x, const kernel_normalization *n, const kernel_images *s) {
  const int is_blocked = s->block == LANES;
  for (size_t channel = 0; channel < s->channels; channel += s->block) {
    lane_terms lanes;
    for (size_t lane = 0; lane < LANES; lane++) {
      set_lane(&lanes, lane, forward_terms(n, s->channels, channel + (is_blocked ? lane : 0)));
    }
    double sums[LANES] = {0}, products[LANES] = {0};
    if (is_blocked) {
      blocked_sums(sums, products, g + channel * s->area, x + channel * s->area, &lanes, s, n->slope);
    } else {
      for (size_t image = 0; image < s->batch; image++) {
        const size_t plane = (image * s->channels + channel) * s->area;
        plain_sums(sums, products, g + plane, x + plane, &lanes, s->area, n->slope);
      }
      sums[0] = sum_of_lanes(sums);
      products[0] = sum_of_lanes(products);
    }
    for (size_t lane = 0; lane < s->block; lane++) {
      out[channel + lane] = (float)sums[lane];
      out[s->channels + channel + lane] =
          (float)(products[lane] * inverse_deviation(n, s->channels, channel + lane));
    }
  }
}

KERNEL_CLONES static void gradient_lanes(
    float *out, const float *g, const float *x, const lane_terms *terms, const kernel_images *s, float slope) {
  const lane_terms t = *terms;
  const size_t length = s->area * LANES, step = s->channels * s->area;
  for (size_t image = 0; image < s->batch; image++, g += step, x += step, out += step) {
    for (size_t i = 0; i < length; i += LANES) {
      VECTOR_LOOP for (size_t lane = 0; lane < LANES; lane++) {
        const float centred = x[i + lane] - t.mean[lane];
        const float before = before_leaky(g[i + lane], fused(centred, t.scale[lane], t.bias[lane]), slope);
        out[i + lane] = fused(before, t.along[lane], fused(centred, t.slant[lane], t.constant[lane]));
      }
    }
  }
}

KERNEL_CLONES static void gradient_plane(
    float *out, const float *g, const float *x, const channel_terms *terms, size_t area, float slope) {
  const channel_terms t = *terms;
  VECTOR_LOOP for (size_t i = 0; i < area; i++) {
    const float centred = x[i] - t.mean;
    const float before = before_leaky(g[i], fused(centred, t.scale, t.bias), slope);
    out[i] = fused(before, t.along, fused(centred, t.slant, t.constant));
  }
}

void kernel_normalize_gradient(
    float *out, const float *g, const float *x, const kernel_normalization *n, const float *sums,
    const kernel_images *s) {
  for (size_t channel = 0; channel < s->channels; channel += s->block) {
    lane_terms lanes;
    for (size_t lane = 0; lane < s->block; lane++) set_lane(&lanes, lane, gradient_terms(n, sums, s, channel + lane));
    const channel_terms terms = gradient_terms(n, sums, s, channel);
    if (s->block == LANES) {
      const size_t start = channel * s->area;
      gradient_lanes(out + start, g + start, x + start, &lanes, s, n->slope);
      continue;
    }
    for (size_t image = 0; image < s->batch; image++) {
      const size_t plane = (image * s->channels + channel) * s->area;
      gradient_plane(out + plane, g + plane, x + plane, &terms, s->area, n->slope);
    }
  }
}
