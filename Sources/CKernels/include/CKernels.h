/* The program's own elementwise kernels: portable C, compiled for AVX2 and AVX-512 as well and chosen at run time.
 * All arrays are float32, dense unless strides are given; none may overlap unless said so. Nothing here allocates. */
#ifndef CKERNELS_H
#define CKERNELS_H

#include <stddef.h>
#include <stdint.h>

/* Random numbers: Philox 4x32-10, key = key, counter = (block, stream). */
uint64_t kernel_split(uint64_t key, uint64_t number);
void kernel_uniform(float *out, size_t count, uint64_t key, uint64_t stream);
void kernel_normal(float *out, size_t count, uint64_t key, uint64_t stream);
void kernel_permutation(int32_t *out, size_t count, uint64_t key, uint64_t stream);
/* The same permutation as whole numbers in float32; count < 2^24. */
void kernel_permutation_float(float *out, int32_t *scratch, size_t count, uint64_t key, uint64_t stream);

/* A fused elementwise program: runs over tiles that stay in the first-level cache. */
enum kernel_opcode {
  KERNEL_LOAD,     /* r[dst] = operand a */
  KERNEL_CONSTANT, /* r[dst] = x */
  KERNEL_AFFINE,   /* r[dst] = x * r[a] + y */
  KERNEL_EXP, KERNEL_LOG, KERNEL_TANH, KERNEL_SIGMOID, KERNEL_SOFTPLUS,
  KERNEL_SQUARE, KERNEL_SQRT, KERNEL_RECIPROCAL, KERNEL_ABS, KERNEL_SIGN,
  KERNEL_LEAKY_RELU, /* r[a] > 0 ? r[a] : x * r[a] */
  KERNEL_LEAKY_STEP, /* r[a] > 0 ? 1 : x */
  KERNEL_ADD, KERNEL_SUBTRACT, KERNEL_MULTIPLY, KERNEL_DIVIDE, KERNEL_MAXIMUM, KERNEL_AT_LEAST,
  KERNEL_STORE,    /* operand dst = r[a] */
  KERNEL_SUM,      /* operand dst[0] = sum of r[a] over the whole iteration space, in a fixed order */
  KERNEL_SUM_INNER /* operand dst[(o, m)] = sum of r[a] along the inner axis */
};

typedef struct {
  int32_t opcode;
  int32_t dst, a, b; /* registers, 0 ... KERNEL_REGISTERS - 1, or an operand's index */
  float x, y;
} kernel_instruction;

/* Where a full or repeated operand lies in the iteration space outer x middle x inner. */
typedef struct {
  float *base;
  ptrdiff_t outer, middle; /* floats from one index to the next; 0 repeats */
  ptrdiff_t inner;         /* 1, or 0 to repeat one number along the inner axis */
} kernel_operand;

enum { KERNEL_REGISTERS = 24 };

void kernel_fused(
    const kernel_instruction *program, size_t instructions, const kernel_operand *operands, size_t operand_count,
    size_t outer, size_t middle, size_t inner);

/* Convolution companions. `block` is the number of channels that lie together innermost: 16 for nChw16c, and 1 for
 * plain nchw; channels is a multiple of it. `area` is height x width. */
void kernel_channel_bias(
    float *out, const float *in, const float *bias, size_t batch, size_t channels, size_t area, size_t block,
    int leaky, float slope); /* out = leaky(in + bias) where leaky != 0; out may equal in */
void kernel_channel_sum(float *out, const float *in, size_t batch, size_t channels, size_t area, size_t block);
void kernel_to_blocked16(float *out, const float *in, size_t batch, size_t channels, size_t area);
void kernel_from_blocked16(float *out, const float *in, size_t batch, size_t channels, size_t area);

/* Gradient of a convolution with respect to its images where these have few channels: from g, nChw16c
 * [batch, outputs, gh, gw] with outputs a multiple of 16, and w [outputs, inputs, k, k] plain, inputs <= 4, to plain nchw
 * [batch, inputs, height, width]. `bias` [inputs] is added, or NULL. scratch: kernel_thin_scratch floats. */
size_t kernel_thin_scratch(size_t outputs, size_t inputs, size_t k, size_t gh, size_t gw);
void kernel_thin_transposed(
    float *out, const float *g, const float *w, const float *bias, float *scratch, size_t batch, size_t outputs,
    size_t inputs, size_t gh, size_t gw, size_t height, size_t width, size_t k, size_t stride, size_t padding);

/* A generic strided copy or reduction over up to six axes, outermost first. */
void kernel_sum_axes(
    float *out, const float *in, size_t rank, const size_t *sizes, const uint8_t *reduced); /* reduced[i] != 0: sum */
void kernel_max_axes(float *out, const float *in, size_t rank, const size_t *sizes, const uint8_t *reduced);
/* out[i0, i1, ...] = in[sum of i_k * strides_k]: stretches, slices and transposes. */
void kernel_strided_copy(float *out, const float *in, size_t rank, const size_t *sizes, const ptrdiff_t *strides);
void kernel_gather(float *out, const float *table, const float *indices, size_t picked, size_t columns);
void kernel_scatter(float *out, const float *rows, const float *indices, size_t picked, size_t columns, size_t total);

/* Adam in one pass: t counts from 1. */
void kernel_adam(
    float *values, const float *gradient, float *first, float *second, size_t count, uint64_t t, float rate,
    float beta1, float beta2, float epsilon);

/* Vector functions with stated bounds, for tests and for code outside of plans. */
void kernel_exp(float *out, const float *in, size_t count);
void kernel_log(float *out, const float *in, size_t count);
void kernel_tanh(float *out, const float *in, size_t count);

/* The instruction set that kernels were chosen for: "avx512", "avx2" or "portable". */
const char *kernel_instruction_set(void);

#endif
