/* Strided copies, and rows picked out of and added into tables. */
#include "include/CKernels.h"
#include "targets.h"

enum { COPY_AXES = 6, BLOCK = 32 };

typedef struct {
  size_t rank;
  size_t sizes[COPY_AXES];
  ptrdiff_t strides[COPY_AXES];
} copy_axes;

/* Axes of size one dropped, and those that continue each other merged. */
static copy_axes merge_axes(size_t rank, const size_t *sizes, const ptrdiff_t *strides) {
  copy_axes axes = {0};
  for (size_t axis = 0; axis < rank; axis++) {
    if (sizes[axis] == 1) continue;
    const size_t last = axes.rank - 1;
    if (axes.rank > 0 && axes.strides[last] == strides[axis] * (ptrdiff_t)sizes[axis]) {
      axes.sizes[last] *= sizes[axis];
      axes.strides[last] = strides[axis];
    } else {
      axes.sizes[axes.rank] = sizes[axis];
      axes.strides[axes.rank++] = strides[axis];
    }
  }
  return axes;
}

static void copy_run(float *restrict out, const float *restrict in, size_t count, ptrdiff_t stride) {
  if (stride == 1) {
    memcpy(out, in, count * sizeof(float));
  } else if (stride == 0) {
    const float x = *in;
    for (size_t i = 0; i < count; i++) out[i] = x;
  } else {
    for (size_t i = 0; i < count; i++) out[i] = in[(ptrdiff_t)i * stride];
  }
}

/* The two innermost axes; where the outer of them is the dense one this is a transpose, done in square blocks. */
static void copy_plane(float *out, const float *in, const size_t sizes[2], const ptrdiff_t strides[2]) {
  const size_t rows = sizes[0], columns = sizes[1];
  if (strides[0] != 1) {
    for (size_t i = 0; i < rows; i++) copy_run(out + i * columns, in + (ptrdiff_t)i * strides[0], columns, strides[1]);
    return;
  }
  for (size_t top = 0; top < rows; top += BLOCK) {
    const size_t bottom = rows - top < BLOCK ? rows : top + BLOCK;
    for (size_t left = 0; left < columns; left += BLOCK) {
      const size_t width = columns - left < BLOCK ? columns - left : BLOCK;
      for (size_t i = top; i < bottom; i++) {
        copy_run(out + i * columns + left, in + i + (ptrdiff_t)left * strides[1], width, strides[1]);
      }
    }
  }
}

void kernel_strided_copy(float *out, const float *in, size_t rank, const size_t *sizes, const ptrdiff_t *strides) {
  const copy_axes axes = merge_axes(rank, sizes, strides);
  if (axes.rank < 2) {
    copy_run(out, in, axes.rank ? axes.sizes[0] : 1, axes.rank ? axes.strides[0] : 1);
    return;
  }
  const size_t far = axes.rank - 2, plane = axes.sizes[far] * axes.sizes[far + 1];
  size_t planes = 1;
  for (size_t axis = 0; axis < far; axis++) planes *= axes.sizes[axis];
  for (size_t i = 0; i < planes; i++) {
    ptrdiff_t offset = 0;
    size_t index = i;
    for (size_t axis = far; axis-- > 0; index /= axes.sizes[axis]) {
      offset += (ptrdiff_t)(index % axes.sizes[axis]) * axes.strides[axis];
    }
    copy_plane(out + i * plane, in + offset, axes.sizes + far, axes.strides + far);
  }
}

void kernel_gather(float *out, const float *table, const float *indices, size_t picked, size_t columns) {
  for (size_t row = 0; row < picked; row++) {
    memcpy(out + row * columns, table + (size_t)indices[row] * columns, columns * sizeof(float));
  }
}

KERNEL_CLONES static void add_row(float *out, const float *in, size_t count) {
  VECTOR_LOOP for (size_t i = 0; i < count; i++) out[i] += in[i];
}

void kernel_scatter(float *out, const float *rows, const float *indices, size_t picked, size_t columns, size_t total) {
  memset(out, 0, total * columns * sizeof(float));
  for (size_t row = 0; row < picked; row++) {
    add_row(out + (size_t)indices[row] * columns, rows + row * columns, columns);
  }
}
