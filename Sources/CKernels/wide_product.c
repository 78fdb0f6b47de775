/* Products of a few rows and a matrix that is read from memory: c [n, m] = a [n, k] b [k, m].
 *
 * b is copied, PANEL columns of DEPTH rows at a time, into the second-level cache, from where it is read once for every
 * six rows of a; the next panel is fetched from memory meanwhile. The sums of a tile fill 24 of AVX-512's 32
 * registers. */
#include "include/CKernels.h"
#include "targets.h"

enum { ROWS = 6, PANEL = 64, VECTORS = PANEL / LANES, DEPTH = 1024, STRIDE = 16 };

typedef float vector __attribute__((vector_size(4 * LANES)));

/* A panel of b: `depth` rows of `columns` numbers. */
typedef struct {
  const float *start;
  size_t depth, columns;
} panel;

typedef struct {
  const float *a;
  float *c;
  size_t n, m, k;
} product;

static size_t smaller(size_t a, size_t b) { return a < b ? a : b; }

INLINE void pack(float *packed, const panel *from, size_t m) {
  for (size_t q = 0; q < from->depth; q++) {
    float *const to = packed + q * PANEL;
    if (from->columns == PANEL) memcpy(to, from->start + q * m, PANEL * sizeof(float));
    else for (size_t i = 0; i < PANEL; i++) to[i] = i < from->columns ? from->start[q * m + i] : 0.0f;
  }
}

/* The rows `first` to `end` of a panel that is needed next. */
INLINE void fetch(const panel *from, size_t first, size_t end, size_t m) {
  for (size_t q = first; q < smaller(end, from->depth); q++) {
    for (size_t i = 0; i < from->columns; i += LANES) __builtin_prefetch(from->start + q * m + i, 0, 2);
  }
}

/* Six rows of results over a panel, which begin at `row` and `column`: set, or added to where `adds`. */
INLINE void tile(
    const product *p, const float *packed, const panel *now, const panel *next, size_t row, size_t column, size_t first,
    int adds) {
#pragma clang fp contract(fast)
  const size_t rows = smaller(p->n - row, ROWS), tiles = (p->n + ROWS - 1) / ROWS;
  const float *left[ROWS];
  for (size_t r = 0; r < ROWS; r++) left[r] = p->a + (row + (r < rows ? r : 0)) * p->k + first;
  vector sums[ROWS][VECTORS];
  memset(sums, 0, sizeof sums);
  for (size_t start = 0; start < now->depth; start += STRIDE) {
    const size_t done = row / ROWS * now->depth + start;
    fetch(next, done / tiles, (done + STRIDE) / tiles, p->m);
    for (size_t q = start; q < smaller(start + STRIDE, now->depth); q++) {
      vector right[VECTORS];
      memcpy(right, packed + q * PANEL, sizeof right);
      _Pragma("clang loop unroll(full)") for (size_t r = 0; r < ROWS; r++) {
        _Pragma("clang loop unroll(full)") for (size_t v = 0; v < VECTORS; v++) {
          sums[r][v] = sums[r][v] + left[r][q] * right[v];
        }
      }
    }
  }
  float results[ROWS][PANEL];
  memcpy(results, sums, sizeof results);
  for (size_t r = 0; r < rows; r++) {
    float *const to = p->c + (row + r) * p->m + column;
    for (size_t i = 0; i < now->columns; i++) to[i] = adds ? to[i] + results[r][i] : results[r][i];
  }
}

KERNEL_CLONES static void run(const product *p, const float *b, float *packed) {
  const size_t layers = (p->k + DEPTH - 1) / DEPTH, strips = (p->m + PANEL - 1) / PANEL;
  for (size_t i = 0; i < layers * strips; i++) {
    panel of[2];
    for (size_t ahead = 0; ahead < 2; ahead++) {
      const size_t strip = (i + ahead) / layers, first = (i + ahead) % layers * DEPTH;
      of[ahead] = (panel){b, 0, 0};
      if (strip < strips) {
        of[ahead] = (panel){
            b + first * p->m + strip * PANEL, smaller(p->k - first, DEPTH), smaller(p->m - strip * PANEL, PANEL)};
      }
    }
    const size_t first = i % layers * DEPTH;
    pack(packed, &of[0], p->m);
    for (size_t row = 0; row < p->n; row += ROWS) {
      tile(p, packed, &of[0], &of[1], row, i / layers * PANEL, first, first > 0);
    }
  }
}

size_t kernel_wide_product_scratch(size_t k) { return PANEL * smaller(k, DEPTH); }

void kernel_wide_product(
    float *c, const float *a, const float *b, size_t n, size_t m, size_t k, float *scratch) {
  const product p = {a, c, n, m, k};
  run(&p, b, scratch);
}
