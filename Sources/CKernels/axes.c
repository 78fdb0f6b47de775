/* Sums and peaks along any axes of a dense array. Neighbouring axes of one kind are merged first, so that at most six
 * alternate: whole rows where the innermost axis goes, columns side by side where it stays. */
#include "include/CKernels.h"
#include "sums.h"

enum { AXES = 6, COLUMNS = 256 };

/* An array's axes, split into those that stay and those that go. */
typedef struct {
  size_t kept_rank, reduced_rank;
  size_t kept[AXES], reduced[AXES];               /* sizes, outermost first */
  ptrdiff_t kept_stride[AXES], reduced_stride[AXES];
  size_t run;                                     /* the innermost axis, which is in neither list */
  int run_reduced;
} split_axes;

static void push(size_t *rank, size_t *sizes, ptrdiff_t *strides, size_t size, ptrdiff_t stride) {
  sizes[*rank] = size;
  strides[*rank] = stride;
  ++*rank;
}

static split_axes split(size_t rank, const size_t *sizes, const uint8_t *reduced) {
  size_t merged[AXES], count = 0;
  int gone[AXES];
  for (size_t axis = 0; axis < rank; axis++) {
    const int goes = reduced[axis] != 0;
    if (sizes[axis] == 1) continue;
    if (count > 0 && gone[count - 1] == goes) {
      merged[count - 1] *= sizes[axis];
    } else {
      merged[count] = sizes[axis];
      gone[count++] = goes;
    }
  }
  split_axes axes = {.run = count ? merged[count - 1] : 1, .run_reduced = count ? gone[count - 1] : 0};
  ptrdiff_t strides[AXES + 1];
  strides[count] = 1;
  for (size_t axis = count; axis-- > 0;) strides[axis] = strides[axis + 1] * (ptrdiff_t)merged[axis];
  for (size_t axis = 0; axis + 1 < count; axis++) {
    if (gone[axis]) push(&axes.reduced_rank, axes.reduced, axes.reduced_stride, merged[axis], strides[axis + 1]);
    else push(&axes.kept_rank, axes.kept, axes.kept_stride, merged[axis], strides[axis + 1]);
  }
  return axes;
}

static size_t product(const size_t *sizes, size_t rank) {
  size_t total = 1;
  for (size_t axis = 0; axis < rank; axis++) total *= sizes[axis];
  return total;
}

static ptrdiff_t offset_of(size_t index, const size_t *sizes, const ptrdiff_t *strides, size_t rank) {
  ptrdiff_t offset = 0;
  for (size_t axis = rank; axis-- > 0; index /= sizes[axis]) offset += (ptrdiff_t)(index % sizes[axis]) * strides[axis];
  return offset;
}

static ptrdiff_t reduced_offset(const split_axes *axes, size_t index) {
  return offset_of(index, axes->reduced, axes->reduced_stride, axes->reduced_rank);
}

KERNEL_CLONES static double sum_run(const float *in, size_t count) { return long_sum(in, count); }

/* Up to COLUMNS sums side by side: float partial sums of at most 64 rows, added up in double. */
KERNEL_CLONES static void sum_columns(float *out, const float *in, size_t columns, const split_axes *axes) {
  const size_t rows = product(axes->reduced, axes->reduced_rank);
  double totals[COLUMNS] = {0};
  for (size_t first = 0; first < rows; first += 64) {
    float partial[COLUMNS] = {0};
    for (size_t row = first; row < rows && row < first + 64; row++) {
      const float *const from = in + reduced_offset(axes, row);
      VECTOR_LOOP for (size_t i = 0; i < columns; i++) partial[i] += from[i];
    }
    for (size_t i = 0; i < columns; i++) totals[i] += partial[i];
  }
  for (size_t i = 0; i < columns; i++) out[i] = (float)totals[i];
}

static float sum_runs(const float *in, const split_axes *axes) {
  const size_t runs = product(axes->reduced, axes->reduced_rank);
  double total = 0;
  for (size_t i = 0; i < runs; i++) total += sum_run(in + reduced_offset(axes, i), axes->run);
  return (float)total;
}

KERNEL_CLONES static float max_run(const float *in, size_t count, float peak) {
  float lanes[LANES];
  for (size_t lane = 0; lane < LANES; lane++) lanes[lane] = peak;
  size_t i = 0;
  for (; i + LANES <= count; i += LANES) {
    VECTOR_LOOP for (size_t lane = 0; lane < LANES; lane++) lanes[lane] = larger(lanes[lane], in[i + lane]);
  }
  for (; i < count; i++) lanes[0] = larger(lanes[0], in[i]);
  for (size_t lane = 0; lane < LANES; lane++) peak = larger(peak, lanes[lane]);
  return peak;
}

KERNEL_CLONES static void max_columns(float *out, const float *in, size_t columns, const split_axes *axes) {
  const size_t rows = product(axes->reduced, axes->reduced_rank);
  memcpy(out, in, columns * sizeof(float));
  for (size_t row = 1; row < rows; row++) {
    const float *const from = in + reduced_offset(axes, row);
    VECTOR_LOOP for (size_t i = 0; i < columns; i++) out[i] = larger(out[i], from[i]);
  }
}

static float max_runs(const float *in, const split_axes *axes) {
  const size_t runs = product(axes->reduced, axes->reduced_rank);
  float peak = in[0];
  for (size_t i = 0; i < runs; i++) peak = max_run(in + reduced_offset(axes, i), axes->run, peak);
  return peak;
}

typedef float run_reduction(const float *in, const split_axes *axes);
typedef void column_reduction(float *out, const float *in, size_t columns, const split_axes *axes);

static void reduce_axes(
    float *out, const float *in, size_t rank, const size_t *sizes, const uint8_t *reduced, run_reduction *runs,
    column_reduction *columns) {
  const split_axes axes = split(rank, sizes, reduced);
  const size_t results = product(axes.kept, axes.kept_rank);
  for (size_t i = 0; i < results; i++) {
    const float *const from = in + offset_of(i, axes.kept, axes.kept_stride, axes.kept_rank);
    if (axes.run_reduced) {
      out[i] = runs(from, &axes);
      continue;
    }
    for (size_t start = 0; start < axes.run; start += COLUMNS) {
      const size_t width = axes.run - start < COLUMNS ? axes.run - start : COLUMNS;
      columns(out + i * axes.run + start, from + start, width, &axes);
    }
  }
}

void kernel_sum_axes(float *out, const float *in, size_t rank, const size_t *sizes, const uint8_t *reduced) {
  reduce_axes(out, in, rank, sizes, reduced, sum_runs, sum_columns);
}

void kernel_max_axes(float *out, const float *in, size_t rank, const size_t *sizes, const uint8_t *reduced) {
  reduce_axes(out, in, rank, sizes, reduced, max_runs, max_columns);
}
