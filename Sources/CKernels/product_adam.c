/* Adam on a matrix whose gradient is a product: the gradient goes from the registers into the update.
 *
 * A product with few terms is bound by arithmetic, the update by memory. So they are made together, tile by tile: while
 * the products of one tile are added up, the parameters and moments of the next one are fetched, and the one before is
 * updated, whose divisions and roots then run beside the multiplications. */
#include "adam.h"

/* A tile's sums fill 24 of AVX-512's 32 registers. The factors of one BLOCK of columns stay in the second-level cache. */
enum { ROWS = 6, COLUMNS = 64, VECTORS = COLUMNS / LANES, BLOCK = 2048 };

typedef float vector __attribute__((vector_size(4 * LANES)));

/* Where a tile lies in the matrix, and how much of it does: the last ones hang over the edge. */
typedef struct {
  size_t row, column, rows, columns;
} patch;

typedef struct {
  float *values, *first, *second;
  size_t stride; /* from one row to the next */
  adam_terms terms;
} updated_matrix;

INLINE void update_row(const updated_matrix *to, const patch *at, const float *gradient, size_t row) {
  if (row >= at->rows) return;
  const size_t place = (at->row + row) * to->stride + at->column;
  float *const values = to->values + place, *const first = to->first + place, *const second = to->second + place;
  if (at->columns == COLUMNS) adam_lanes(values, gradient, first, second, COLUMNS, &to->terms);
  else adam_run(values, gradient, first, second, at->columns, &to->terms);
}

INLINE void fetch_row(const updated_matrix *from, const patch *at, size_t row) {
  if (row >= at->rows) return;
  const size_t place = (at->row + row) * from->stride + at->column;
  for (size_t i = 0; i < at->columns; i += LANES) {
    __builtin_prefetch(from->values + place + i, 1, 3);
    __builtin_prefetch(from->first + place + i, 1, 3);
    __builtin_prefetch(from->second + place + i, 1, 3);
  }
}

/* sums[row, column] = sum over k of a[k, row] b[k, column], both packed; meanwhile updates the tile before, whose
 * gradient is `last`, and fetches the tile after. */
INLINE void add_products(
    float sums[ROWS][COLUMNS], const float *a, const float *b, size_t k, const updated_matrix *matrix,
    const patch *before, float last[ROWS][COLUMNS], const patch *after) {
#pragma clang fp contract(fast)
  vector kept[ROWS][VECTORS];
  memset(kept, 0, sizeof kept);
  size_t term = 0;
  for (size_t part = 0; part < ROWS; part++) {
    fetch_row(matrix, after, part);
    update_row(matrix, before, last[part], part);
    for (const size_t end = (part + 1) * k / ROWS; term < end; term++) {
      vector right[VECTORS];
      memcpy(right, b + term * COLUMNS, sizeof right);
      _Pragma("clang loop unroll(full)") for (size_t row = 0; row < ROWS; row++) {
        _Pragma("clang loop unroll(full)") for (size_t i = 0; i < VECTORS; i++) {
          kept[row][i] = kept[row][i] + a[term * ROWS + row] * right[i];
        }
      }
    }
  }
  memcpy(sums, kept, sizeof kept);
}

/* Rows of `width` numbers, side by side as they are walked over, with zeros beyond the matrix's last column. */
INLINE void pack(float *to, const float *from, size_t k, size_t stride, size_t columns, size_t width) {
  for (size_t term = 0; term < k; term++, to += width, from += stride) {
    for (size_t i = 0; i < width; i++) to[i] = i < columns ? from[i] : 0.0f;
  }
}

static size_t smaller(size_t a, size_t b) { return a < b ? a : b; }

/* The columns from `start` to `end` of all rows. */
KERNEL_CLONES static void update_columns(
    const updated_matrix *matrix, const float *a, const float *b, size_t n, size_t k, size_t start, size_t end,
    float *packed_a, float *packed_b) {
  float sums[2][ROWS][COLUMNS] __attribute__((aligned(64)));
  const size_t tiles = (end - start + COLUMNS - 1) / COLUMNS;
  for (size_t i = 0; i < tiles; i++) {
    const size_t column = start + i * COLUMNS;
    pack(packed_b + i * k * COLUMNS, b + column, k, matrix->stride, smaller(end - column, COLUMNS), COLUMNS);
  }
  patch before = {0, 0, 0, 0}, now = {0, start, smaller(n, ROWS), smaller(end - start, COLUMNS)};
  size_t turn = 0;
  for (size_t row = 0; row < n; row += ROWS) {
    pack(packed_a, a + row, k, n, smaller(n - row, ROWS), ROWS);
    for (size_t i = 0; i < tiles; i++) {
      const int ends = i + 1 == tiles;
      const size_t column = ends ? start : now.column + COLUMNS, next_row = ends ? row + ROWS : row;
      const patch after = {
          next_row, column, next_row < n ? smaller(n - next_row, ROWS) : 0, smaller(end - column, COLUMNS)};
      add_products(
          sums[turn], packed_a, packed_b + i * k * COLUMNS, k, matrix, &before, sums[1 - turn], &after);
      before = now;
      now = after;
      turn = 1 - turn;
    }
  }
  for (size_t row = 0; row < ROWS; row++) update_row(matrix, &before, sums[1 - turn][row], row);
}

size_t kernel_product_adam_scratch(size_t m, size_t k) {
  return k * (padded(ROWS) + smaller((m + COLUMNS - 1) / COLUMNS * COLUMNS, BLOCK));
}

void kernel_product_adam(
    const kernel_adam_matrix *matrix, const float *a, const float *b, size_t k, const kernel_adam_rule *rule,
    float *scratch) {
  const updated_matrix updated = {
      matrix->values, matrix->first, matrix->second, matrix->columns, adam_terms_of(rule)};
  for (size_t start = 0; start < matrix->columns; start += BLOCK) {
    const size_t end = smaller(start + BLOCK, matrix->columns);
    update_columns(&updated, a, b, matrix->rows, k, start, end, scratch, scratch + k * padded(ROWS));
  }
}
