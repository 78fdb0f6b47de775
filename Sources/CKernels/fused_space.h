/* The iteration space of a fused program, brought to the fewest axes that its operands allow. */
#ifndef KERNELS_FUSED_SPACE_H
#define KERNELS_FUSED_SPACE_H

#include "include/CKernels.h"

/* How a tile of an operand is come by. */
typedef enum {
  FUSED_DIRECT,     /* it lies densely: used where it is */
  FUSED_COPIED,     /* it lies densely but is overwritten by the same program: copied */
  FUSED_UNCHANGING, /* every tile is the same: filled once */
  FUSED_GATHERED    /* filled row by row */
} fused_access;

typedef struct {
  size_t outer, middle, inner;
  size_t rows_together; /* rows packed into one tile */
} fused_space;

/* Merges axes that every operand runs through in one stride, changing the operands' strides accordingly, and decides
 * how each operand is accessed. */
fused_space fused_reduce(
    const kernel_instruction *program, size_t instructions, kernel_operand *operands, fused_access *accesses,
    size_t operand_count, size_t outer, size_t middle, size_t inner);

#endif
