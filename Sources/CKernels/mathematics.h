/* Elementary functions without branches or tables, written for one number and vectorised by the loops that call them.
 *
 * Bounds are the largest errors measured over a dense sweep of the float32 line against double precision, rounded up.
 * Polynomials for exp, log and tanh are those of Moshier's Cephes library (expf, logf, tanhf). */
#ifndef KERNELS_MATHEMATICS_H
#define KERNELS_MATHEMATICS_H

#include "targets.h"

INLINE uint32_t bits_of(float x) {
  uint32_t bits;
  memcpy(&bits, &x, sizeof bits);
  return bits;
}

INLINE float float_of(uint32_t bits) {
  float x;
  memcpy(&x, &bits, sizeof x);
  return x;
}

INLINE float absolute(float x) { return float_of(bits_of(x) & 0x7fffffffu); }

/* 2^n for -126 <= n <= 127. */
INLINE float power_of_two(int32_t n) { return float_of((uint32_t)(n + 127) << 23); }

/* e^x to 2 ulp where the result is normal; below that to half a subnormal step more; NaN stays NaN.
 * x = n log 2 + r with |r| <= log 2 / 2; adding 1.5 * 2^23 rounds to a whole number and leaves it in the low bits. */
INLINE float exponential(float x) {
  const float magic = 12582912.0f;
  x = x > 89.0f ? 89.0f : x;
  x = x < -104.0f ? -104.0f : x;
  const float shifted = fused(x, 1.44269504088896341f, magic);
  const float whole = shifted - magic;
  const int32_t n = (int32_t)(bits_of(shifted) << 9) >> 9;
  float r = fused(whole, -0.693359375f, x);
  r = fused(whole, 2.12194440e-4f, r);
  float p = 1.9875691500e-4f;
  p = fused(p, r, 1.3981999507e-3f);
  p = fused(p, r, 8.3334519073e-3f);
  p = fused(p, r, 4.1665795894e-2f);
  p = fused(p, r, 1.6666665459e-1f);
  p = fused(p, r, 5.0000001201e-1f);
  p = fused(p, r * r, r) + 1.0f;
  const int32_t half = n >> 1; /* in two steps, so that 2^128 and subnormal results come out right */
  return p * power_of_two(half) * power_of_two(n - half);
}

/* The polynomial part of the logarithm: log(2^e (1 + f)) for sqrt(1/2) <= 1 + f < sqrt(2). */
INLINE float logarithm_of_parts(float f, float e) {
  const float square = f * f;
  float p = 7.0376836292e-2f;
  p = fused(p, f, -1.1514610310e-1f);
  p = fused(p, f, 1.1676998740e-1f);
  p = fused(p, f, -1.2420140846e-1f);
  p = fused(p, f, 1.4249322787e-1f);
  p = fused(p, f, -1.6668057665e-1f);
  p = fused(p, f, 2.0000714765e-1f);
  p = fused(p, f, -2.4999993993e-1f);
  p = fused(p, f, 3.3333331174e-1f);
  float y = p * f * square;
  y = fused(e, -2.12194440e-4f, y);
  y = fused(square, -0.5f, y);
  return fused(e, 0.693359375f, f + y);
}

/* The logarithm of a number in [1, 2], which needs no care for special values. */
INLINE float logarithm_from_one_to_two(float x) {
  const int upper = x >= 1.41421356f;
  return logarithm_of_parts((upper ? 0.5f * x : x) - 1.0f, upper ? 1.0f : 0.0f);
}

/* log x to 2 ulp, subnormal x included; log 0 = -inf, log inf = inf, of a negative number and of NaN: NaN. */
INLINE float logarithm(float x) {
  const int subnormal = x < 1.17549435e-38f;
  const float scaled = subnormal ? x * 8388608.0f : x;
  const uint32_t offset = bits_of(scaled) - 0x3f3504f3u; /* from the bits of sqrt(1/2) */
  const float e = (float)((int32_t)offset >> 23) - (subnormal ? 23.0f : 0.0f);
  const float f = float_of((offset & 0x007fffffu) + 0x3f3504f3u) - 1.0f;
  float y = logarithm_of_parts(f, e);
  y = x == __builtin_inff() ? x : y;
  y = x == 0.0f ? -__builtin_inff() : y;
  return x >= 0.0f ? y : __builtin_nanf("");
}

/* log(1 + x) to 4 ulp; what 1 + x loses of x is put back to first order. log 0 = -inf, log inf = inf. */
INLINE float logarithm_of_one_plus(float x) {
  const float sum = 1.0f + x;
  const float lost = (x - (sum - 1.0f)) / sum;
  return logarithm(sum) + (sum > 0.0f && sum < __builtin_inff() ? lost : 0.0f);
}

/* tanh x to 4 ulp; an odd polynomial near zero, 1 - 2 / (e^2|x| + 1) elsewhere. */
INLINE float hyperbolic_tangent(float x) {
  const float size = absolute(x);
  const float square = x * x;
  float p = -5.70498872745e-3f;
  p = fused(p, square, 2.06390887954e-2f);
  p = fused(p, square, -5.37397155531e-2f);
  p = fused(p, square, 1.33314422036e-1f);
  p = fused(p, square, -3.33332819422e-1f);
  const float near = fused(p * square, x, x);
  const float far = 1.0f - 2.0f / (exponential(size + size) + 1.0f);
  const float signed_far = float_of(bits_of(far) | (bits_of(x) & 0x80000000u));
  return size < 0.625f ? near : signed_far;
}

/* 1 / (1 + e^-x) to 4 ulp. */
INLINE float logistic(float x) { return 1.0f / (1.0f + exponential(-x)); }

/* log(1 + e^x) = max(x, 0) + log(1 + e^-|x|) to 4 ulp; what 1 + u loses of u is put back to first order. */
INLINE float softened_plus(float x) {
  const float u = exponential(-absolute(x));
  const float sum = 1.0f + u;
  const float lost = (u - (sum - 1.0f)) / sum;
  const float peak = x > 0.0f ? x : 0.0f;
  return x != x ? x : peak + (logarithm_from_one_to_two(sum) + lost);
}

/* sin and cos of a quarter turn times r, |r| <= 1/2, to 2 ulp: Taylor to r^9 and r^8, ample for float32. */
INLINE float sine_of_quarters(float r) {
  const float x = r * 1.57079632679489662f, square = x * x;
  float p = 2.7557319224e-6f;
  p = fused(p, square, -1.9841269841e-4f);
  p = fused(p, square, 8.3333333333e-3f);
  p = fused(p, square, -1.6666666667e-1f);
  return fused(p * square, x, x);
}

INLINE float cosine_of_quarters(float r) {
  const float x = r * 1.57079632679489662f, square = x * x;
  float p = -2.7557319224e-7f;
  p = fused(p, square, 2.4801587302e-5f);
  p = fused(p, square, -1.3888888889e-3f);
  p = fused(p, square, 4.1666666667e-2f);
  p = fused(p, square, -0.5f);
  return fused(p, square, 1.0f);
}

#endif
