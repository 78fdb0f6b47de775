/* Fused elementwise programs: the iteration space is cut into tiles, and a tile goes through the whole program while it
 * is in the first-level cache.
 *
 * Rows (the inner axis) of up to TILE numbers are packed, several whole rows to a tile; longer rows are cut. Operands
 * that lie densely are read and written where they are; others go through a tile of their own, which is filled once
 * where every tile needs the same. */
#include "fused_arithmetic.h"
#include "fused_space.h"
#include "targets.h"

typedef struct {
  size_t row, rows;      /* the rows of this tile */
  size_t start, columns; /* the part of each row */
  size_t length, padded; /* numbers in all, and up to a whole vector */
} fused_tile;

typedef struct {
  const fused_space *space;
  const kernel_instruction *program;
  size_t instructions;
  const kernel_operand *operands;
  const fused_access *accesses;
  float (*tiles)[TILE];          /* the tile of each operand */
  size_t *filled;                /* how many numbers of an unchanging tile are in place */
  float (*registers)[TILE];
  const float **values;          /* where each register's values are: in memory, in an operand's tile or its own */
  double *totals;                /* running sums, by operand */
} fused_run;

static int lies_densely(const fused_run *run, size_t index) {
  return run->accesses[index] == FUSED_DIRECT || run->accesses[index] == FUSED_COPIED;
}

static float *row_address(const fused_run *run, const kernel_operand *operand, size_t row, size_t start) {
  const size_t middle = run->space->middle;
  const size_t o = row < middle ? 0 : row / middle, m = row - o * middle;
  return operand->base + (ptrdiff_t)o * operand->outer + (ptrdiff_t)m * operand->middle +
      (ptrdiff_t)start * operand->inner;
}

static void fill_tile(const fused_run *run, const kernel_operand *operand, const fused_tile *tile, float *values) {
  for (size_t r = 0; r < tile->rows; r++, values += tile->columns) {
    const float *const from = row_address(run, operand, tile->row + r, tile->start);
    if (operand->inner) {
      for (size_t i = 0; i < tile->columns; i++) values[i] = from[i];
    } else {
      const float x = *from;
      for (size_t i = 0; i < tile->columns; i++) values[i] = x;
    }
  }
}

/* Repeats the last number up to a whole vector: what is computed there is never seen. */
static void pad_tile(const fused_tile *tile, float *values) {
  for (size_t i = tile->length; i < tile->padded; i++) values[i] = values[tile->length - 1];
}

static const float *loaded(const fused_run *run, size_t index, const fused_tile *tile) {
  const kernel_operand *const operand = &run->operands[index];
  const fused_access access = run->accesses[index];
  float *const values = run->tiles[index];
  if (access == FUSED_DIRECT && tile->length == tile->padded) return row_address(run, operand, tile->row, tile->start);
  if (access == FUSED_UNCHANGING && run->filled[index] >= tile->padded) return values;
  if (lies_densely(run, index)) {
    memcpy(values, row_address(run, operand, tile->row, tile->start), tile->length * sizeof(float));
  } else {
    fill_tile(run, operand, tile, values);
  }
  pad_tile(tile, values);
  if (access == FUSED_UNCHANGING) run->filled[index] = tile->padded;
  return values;
}

/* Where a result may be computed in place, or NULL where it must go through a register. */
static float *destination(const fused_run *run, size_t index, const fused_tile *tile) {
  if (!lies_densely(run, index) || tile->length != tile->padded) return NULL;
  return row_address(run, &run->operands[index], tile->row, tile->start);
}

static void store(const fused_run *run, size_t index, const fused_tile *tile, const float *values) {
  const kernel_operand *const operand = &run->operands[index];
  const int packed = lies_densely(run, index);
  const size_t rows = packed ? 1 : tile->rows, columns = packed ? tile->length : tile->columns;
  for (size_t r = 0; r < rows; r++) {
    float *const to = row_address(run, operand, tile->row + r, tile->start);
    if (to != values) memcpy(to, values + r * columns, columns * sizeof(float));
  }
}

static void sum_tile(const fused_run *run, size_t index, const fused_tile *tile, const float *values) {
  double sum;
  fused_row_sums(&sum, values, 1, tile->length);
  run->totals[index] += sum;
}

/* Sums of rows; those of a row that is cut are carried on from tile to tile. */
static void sum_rows(const fused_run *run, size_t index, const fused_tile *tile, const float *values) {
  double sums[TILE];
  fused_row_sums(sums, values, tile->rows, tile->columns);
  if (tile->start > 0) sums[0] += run->totals[index];
  run->totals[index] = sums[0];
  if (tile->start + tile->columns < run->space->inner) return;
  for (size_t r = 0; r < tile->rows; r++) {
    *row_address(run, &run->operands[index], tile->row + r, 0) = (float)sums[r];
  }
}

/* Computes one instruction, straight into memory where the next one stores it there. */
static void compute(const fused_run *run, size_t at, const fused_tile *tile) {
  const kernel_instruction *const now = &run->program[at];
  float *out = run->registers[now->dst];
  if (at + 1 < run->instructions) {
    const kernel_instruction *const next = &run->program[at + 1];
    float *const direct =
        next->opcode == KERNEL_STORE && next->a == now->dst ? destination(run, (size_t)next->dst, tile) : NULL;
    if (direct) out = direct;
  }
  const float *const a = now->opcode == KERNEL_CONSTANT ? NULL : run->values[now->a];
  const float *const b = now->opcode < KERNEL_ADD ? NULL : run->values[now->b];
  fused_arithmetic(now->opcode, out, a, b, now->x, now->y, tile->padded);
  run->values[now->dst] = out;
}

static void run_tile(const fused_run *run, const fused_tile *tile) {
  for (size_t at = 0; at < run->instructions; at++) {
    const kernel_instruction *const now = &run->program[at];
    switch (now->opcode) {
      case KERNEL_LOAD: run->values[now->dst] = loaded(run, (size_t)now->a, tile); break;
      case KERNEL_STORE: store(run, (size_t)now->dst, tile, run->values[now->a]); break;
      case KERNEL_SUM: sum_tile(run, (size_t)now->dst, tile, run->values[now->a]); break;
      case KERNEL_SUM_INNER: sum_rows(run, (size_t)now->dst, tile, run->values[now->a]); break;
      default: compute(run, at, tile);
    }
  }
}

static void run_tiles(const fused_run *run) {
  const size_t rows = run->space->outer * run->space->middle, inner = run->space->inner;
  const size_t together = run->space->rows_together;
  const size_t width = together > 1 || inner <= TILE ? inner : TILE;
  for (size_t row = 0; row < rows; row += together) {
    for (size_t start = 0; start < inner; start += width) {
      fused_tile tile = {.row = row, .rows = together, .start = start, .columns = width};
      if (tile.rows > rows - row) tile.rows = rows - row;
      if (tile.columns > inner - start) tile.columns = inner - start;
      tile.length = tile.rows * tile.columns;
      tile.padded = padded(tile.length);
      run_tile(run, &tile);
    }
  }
}

void kernel_fused(
    const kernel_instruction *program, size_t instructions, const kernel_operand *operands, size_t operand_count,
    size_t outer, size_t middle, size_t inner) {
  const size_t room = operand_count ? operand_count : 1;
  kernel_operand reduced[room];
  fused_access accesses[room];
  float tiles[room][TILE] __attribute__((aligned(64)));
  float registers[KERNEL_REGISTERS][TILE] __attribute__((aligned(64)));
  const float *values[KERNEL_REGISTERS];
  size_t filled[room];
  double totals[room];
  memcpy(reduced, operands, operand_count * sizeof(kernel_operand));
  memset(filled, 0, sizeof filled);
  for (size_t i = 0; i < room; i++) totals[i] = 0;
  const fused_space space =
      fused_reduce(program, instructions, reduced, accesses, operand_count, outer, middle, inner);
  const fused_run run = {
      &space, program, instructions, reduced, accesses, tiles, filled, registers, values, totals};
  if (outer * middle * inner > 0) run_tiles(&run);
  for (size_t at = 0; at < instructions; at++) {
    if (program[at].opcode == KERNEL_SUM) *operands[program[at].dst].base = (float)totals[program[at].dst];
  }
}
