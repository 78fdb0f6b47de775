/* What fused programs are made of: one instruction over one tile. Counts are multiples of sixteen. */
#ifndef KERNELS_FUSED_ARITHMETIC_H
#define KERNELS_FUSED_ARITHMETIC_H

#include "include/CKernels.h"

/* out = opcode(a, b) with the constants x and y; `out` may be `a` or `b`. */
void fused_arithmetic(
    int32_t opcode, float *out, const float *a, const float *b, float x, float y, size_t count);

/* sums[r] = the sum of row r, for rows of any length up to a tile that lie one after the other. */
void fused_row_sums(double *sums, const float *a, size_t rows, size_t columns);

#endif
