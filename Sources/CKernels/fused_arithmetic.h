/* What fused programs are made of: one instruction over one tile. Counts are multiples of sixteen. */
#ifndef KERNELS_FUSED_ARITHMETIC_H
#define KERNELS_FUSED_ARITHMETIC_H

#include "include/CKernels.h"

/* out = opcode(a, b) with the constants x and y; `out` may be `a` or `b`. */
void fused_arithmetic(
    int32_t opcode, float *out, const float *a, const float *b, float x, float y, size_t count);

/* The sum of `count` numbers, any count up to a tile. */
double fused_sum(const float *a, size_t count);

#endif
