/* Merging of axes and the choice of access for fused programs. */
#include "fused_space.h"
#include "targets.h"

static int has_opcode(const kernel_instruction *program, size_t instructions, int32_t opcode) {
  for (size_t at = 0; at < instructions; at++) {
    if (program[at].opcode == opcode) return 1;
  }
  return 0;
}

/* Whether an axis of `size` with stride `far` continues the one inside it, of `inside` with stride `near`. */
static int continues(size_t size, ptrdiff_t far, size_t inside, ptrdiff_t near) {
  return size == 1 || inside == 1 || far == near * (ptrdiff_t)inside;
}

static ptrdiff_t merged(ptrdiff_t far, size_t inside, ptrdiff_t near) { return inside == 1 ? far : near; }

/* Makes outer and middle one axis, the middle, if all operands allow it. */
static void merge_outer(fused_space *space, kernel_operand *operands, size_t operand_count) {
  for (size_t i = 0; i < operand_count; i++) {
    if (!continues(space->outer, operands[i].outer, space->middle, operands[i].middle)) return;
  }
  for (size_t i = 0; i < operand_count; i++) {
    operands[i].middle = merged(operands[i].outer, space->middle, operands[i].middle);
    operands[i].outer = 0;
  }
  space->middle *= space->outer;
  space->outer = 1;
}

/* Makes middle and inner one axis if all operands allow it; the outer axis then becomes the middle one. */
static void merge_middle(fused_space *space, kernel_operand *operands, size_t operand_count) {
  for (size_t i = 0; i < operand_count; i++) {
    const kernel_operand *const operand = &operands[i];
    const ptrdiff_t stride = merged(operand->middle, space->inner, operand->inner);
    if (!continues(space->middle, operand->middle, space->inner, operand->inner)) return;
    if (space->middle > 1 && stride != 0 && stride != 1) return;
  }
  for (size_t i = 0; i < operand_count; i++) {
    if (space->middle > 1) operands[i].inner = merged(operands[i].middle, space->inner, operands[i].inner);
    operands[i].middle = operands[i].outer;
    operands[i].outer = 0;
  }
  space->inner *= space->middle;
  space->middle = space->outer;
  space->outer = 1;
}

static size_t common_divisor(size_t a, size_t b) { return b == 0 ? a : common_divisor(b, a % b); }

/* As many whole rows as fit a tile, and if possible so many that the tile is a whole number of vectors. */
static size_t rows_together(size_t inner) {
  if (inner == 0 || inner > TILE / 2) return 1;
  const size_t fitting = TILE / inner, step = LANES / common_divisor(inner, LANES);
  return fitting >= step ? fitting / step * step : fitting;
}

static int is_overwritten(
    const kernel_instruction *program, size_t instructions, const kernel_operand *operands, const float *base) {
  for (size_t at = 0; at < instructions; at++) {
    if (program[at].opcode == KERNEL_STORE && operands[program[at].dst].base == base) return 1;
  }
  return 0;
}

static int is_loaded(const kernel_instruction *program, size_t instructions, size_t operand) {
  for (size_t at = 0; at < instructions; at++) {
    if (program[at].opcode == KERNEL_LOAD && (size_t)program[at].a == operand) return 1;
  }
  return 0;
}

static fused_access access_of(const kernel_operand *operand, const fused_space *space) {
  const int repeats = (space->outer == 1 || operand->outer == 0) && (space->middle == 1 || operand->middle == 0);
  const int follows = (space->middle == 1 || operand->middle == (ptrdiff_t)space->inner) &&
      (space->outer == 1 || operand->outer == (ptrdiff_t)(space->middle * space->inner));
  const int rows_are_cut = space->rows_together == 1;
  if (operand->inner == 1 && (rows_are_cut || follows)) return FUSED_DIRECT;
  if (repeats && (operand->inner == 0 || !rows_are_cut)) return FUSED_UNCHANGING;
  return FUSED_GATHERED;
}

fused_space fused_reduce(
    const kernel_instruction *program, size_t instructions, kernel_operand *operands, fused_access *accesses,
    size_t operand_count, size_t outer, size_t middle, size_t inner) {
  fused_space space = {outer, middle, inner, 1};
  for (size_t at = 0; at < instructions; at++) { /* a total has no place in the space */
    if (program[at].opcode != KERNEL_SUM) continue;
    kernel_operand *const total = &operands[program[at].dst];
    total->outer = total->middle = total->inner = 0;
  }
  merge_outer(&space, operands, operand_count);
  if (!has_opcode(program, instructions, KERNEL_SUM_INNER)) {
    merge_middle(&space, operands, operand_count);
    merge_middle(&space, operands, operand_count);
  }
  space.rows_together = rows_together(space.inner);
  for (size_t i = 0; i < operand_count; i++) {
    accesses[i] = access_of(&operands[i], &space);
    if (accesses[i] == FUSED_DIRECT && is_loaded(program, instructions, i) &&
        is_overwritten(program, instructions, operands, operands[i].base)) {
      accesses[i] = FUSED_COPIED;
    }
  }
  return space;
}
