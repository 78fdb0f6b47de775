/* The gamma function's relatives, for positive numbers, in double precision and without branches.
 *
 * Numbers below eight are moved up by eight through Gamma(x + 1) = x Gamma(x), where the asymptotic series are good to
 * 1e-11 (Abramowitz and Stegun, 6.1.41, 6.3.18 and 6.4.11). */
#ifndef KERNELS_SPECIAL_FUNCTIONS_H
#define KERNELS_SPECIAL_FUNCTIONS_H

#include "targets.h"

enum { SHIFT = 8 };

/* log x for normal x > 0 to 1e-14: x = 2^e m with m around one, log m = 2 artanh((m - 1) / (m + 1)). */
INLINE double double_logarithm(double x) {
  uint64_t bits;
  memcpy(&bits, &x, sizeof bits);
  const uint64_t offset = bits - 0x3fe6a09e667f3bcdu; /* from the bits of sqrt(1/2) */
  const double e = (double)(int32_t)((int64_t)offset >> 52);
  const uint64_t mantissa = (offset & 0x000fffffffffffffu) + 0x3fe6a09e667f3bcdu;
  double m;
  memcpy(&m, &mantissa, sizeof m);
  const double s = (m - 1) / (m + 1), square = s * s;
  double p = 1.0 / 17;
  p = p * square + 1.0 / 15;
  p = p * square + 1.0 / 13;
  p = p * square + 1.0 / 11;
  p = p * square + 1.0 / 9;
  p = p * square + 1.0 / 7;
  p = p * square + 1.0 / 5;
  p = p * square + 1.0 / 3;
  return e * 0.69314718055994530942 + 2 * (s + s * square * p);
}

/* The product of the numbers that a number is moved past, with its logarithmic derivative; 1 and 0 from eight on. */
INLINE double passed(double x, double *derivative) {
  double product = 1, slope = 0;
  for (int k = 0; k < SHIFT; k++) {
    slope = slope * (x + k) + product;
    product *= x + k;
  }
  *derivative = x < SHIFT ? slope / product : 0;
  return x < SHIFT ? product : 1;
}

/* log Gamma(x), x > 0. */
INLINE double log_gamma(double x) {
  double slope;
  const double product = passed(x, &slope), y = x < SHIFT ? x + SHIFT : x, z = 1 / y, square = z * z;
  const double series = z * (1.0 / 12 - square * (1.0 / 360 - square * (1.0 / 1260 - square * (1.0 / 1680))));
  return (y - 0.5) * double_logarithm(y) - y + 0.91893853320467274178 + series - double_logarithm(product);
}

/* The derivative of log Gamma(x), x > 0. */
INLINE double digamma(double x) {
  double slope;
  passed(x, &slope);
  const double y = x < SHIFT ? x + SHIFT : x, z = 1 / y, square = z * z;
  const double series = square * (1.0 / 12 - square * (1.0 / 120 - square * (1.0 / 252 - square * (1.0 / 240))));
  return double_logarithm(y) - 0.5 * z - series - slope;
}

/* The derivative of order n >= 1 of the digamma function at x > 0; one number at a time. */
static inline double polygamma(int n, double x) {
  double sum = 0;
  for (; x < 4 * SHIFT; x += 1) {
    double power = 1;
    for (int k = 0; k <= n; k++) power *= x;
    sum += 1 / power;
  }
  static const double bernoulli[] = {1.0 / 6, -1.0 / 30, 1.0 / 42, -1.0 / 30};
  double factorial = 1; /* (n - 1)! */
  for (int k = 2; k < n; k++) factorial *= k;
  double power = 1;
  for (int k = 0; k < n; k++) power *= x;
  double series = factorial / power + factorial * n / (2 * power * x);
  double ratio = factorial; /* (2k + n - 1)! / (2k)! */
  for (int k = 1; k <= 4; k++) {
    ratio *= (double)(2 * k + n - 2) * (2 * k + n - 1) / ((2 * k - 1) * (2 * k));
    power *= x * x;
    series += bernoulli[k - 1] * ratio / power;
  }
  const double value = factorial * n * sum + series;
  return n % 2 ? value : -value;
}

#endif
