/* The program's own elementwise kernels: portable C, compiled for AVX2 and AVX-512 as well and chosen at run time.
 * All arrays are float32 unless said so, dense unless strides are given; none may overlap unless said so. Nothing here
 * allocates. */
#ifndef CKERNELS_H
#define CKERNELS_H

#include <stddef.h>
#include <stdint.h>

/* Random numbers: Philox 4x32-10 (Salmon, Moraes, Dror and Shaw 2011). The key's words are its low and high half, the
 * counter's are block low, block high, stream low, stream high. A number depends on key, stream and its own position
 * alone, whatever the count: there is no state. */

/* The four words of one block, as Random123's philox4x32 with ten rounds gives them. */
void kernel_philox(uint32_t words[4], uint64_t key, uint64_t block, uint64_t stream);

/* The key for a purpose of its own: the first two words of block `number` on a stream that is set apart for splitting
 * (0x73706c6974206b79), low word first. */
uint64_t kernel_split(uint64_t key, uint64_t number);

/* Uniform on [0, 1): element i is 2^-24 (w >> 8) for w = word i % 4 of block i / 4. */
void kernel_uniform(float *out, size_t count, uint64_t key, uint64_t stream);

/* Standard normal, by Box and Muller: words 2j and 2j + 1 of a block give its elements 2j and 2j + 1,
 * r cos t and r sin t with r = sqrt(-2 log(2^-24 ((w >> 8) + 1))) of the first word and t = 2 pi 2^-24 (w >> 8) of the
 * second. The size is at most 5.77; the error is below 1e-6. */
void kernel_normal(float *out, size_t count, uint64_t key, uint64_t stream);

/* The numbers 0 ... count - 1, each once, every order equally likely: Fisher and Yates from the end, with the
 * blocks' words in order and without the bias of a plain remainder (Lemire 2019). count < 2^31. */
void kernel_permutation(int32_t *out, size_t count, uint64_t key, uint64_t stream);

/* The same permutation as whole numbers in float32; count <= 2^24, scratch: count numbers. */
void kernel_permutation_float(float *out, int32_t *scratch, size_t count, uint64_t key, uint64_t stream);

/* A fused elementwise program: straight-line code over registers, one number each as far as its meaning goes, run for
 * every point of the space outer x middle x inner. It is carried out instruction by instruction over tiles of some
 * hundred points that stay in the first-level cache; an element's bits depend neither on its place nor on the counts.
 *
 * Errors: AFFINE, SQRT, the reciprocal and the binary ones round once (AFFINE twice without FMA); EXP and LOG within
 * 2 ulp, TANH, SIGMOID, SOFTPLUS and LOG_ONE_PLUS within 4, LOG_GAMMA and POLYGAMMA within one but for 1e-10 near
 * their zeros; all keep their limits at the infinities and hand NaN on, MAXIMUM too.
 *
 * Every STORE is seen by the caller only. A stored operand may be the same memory as a loaded one, with the same
 * strides: what was loaded before the STORE keeps its values to the end of the program. Loaded and stored operands must
 * not overlap otherwise. */
enum kernel_opcode {
  KERNEL_LOAD,     /* r[dst] = operand a */
  KERNEL_CONSTANT, /* r[dst] = x */
  KERNEL_AFFINE,   /* r[dst] = x * r[a] + y */
  KERNEL_EXP, KERNEL_LOG, KERNEL_TANH, KERNEL_SIGMOID, KERNEL_SOFTPLUS,
  KERNEL_SQUARE, KERNEL_SQRT, KERNEL_RECIPROCAL, KERNEL_ABS, KERNEL_SIGN,
  KERNEL_LEAKY_RELU, /* r[a] > 0 ? r[a] : x * r[a] */
  KERNEL_LEAKY_STEP, /* r[a] > 0 ? 1 : x */
  KERNEL_LOG_ONE_PLUS, /* log(1 + r[a]) */
  KERNEL_LOG_GAMMA,    /* log Gamma(r[a]), r[a] > 0 */
  KERNEL_POLYGAMMA,    /* the derivative of order x = 0, 1, ... of the digamma function at r[a] > 0 */
  KERNEL_ADD, KERNEL_SUBTRACT, KERNEL_MULTIPLY, KERNEL_DIVIDE, KERNEL_MAXIMUM, KERNEL_AT_LEAST,
  KERNEL_STORE,    /* operand dst = r[a] */
  KERNEL_SUM,      /* operand dst[0] = sum of r[a] over the whole iteration space, in a fixed order */
  KERNEL_SUM_INNER /* operand dst[(o, m)] = sum of r[a] along the inner axis */
};

/* Sums: float partial sums of at most 32 terms, added up in double in an order that follows from the sizes and strides
 * alone; relative to the sum of the sizes the error is below 1e-6. No two sums may share an operand. */

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

/* Runs a program. Fastest where all operands are dense (then the axes merge into one), or dense along rows; short rows
 * are packed into tiles, with some nanoseconds a row for operands that are not dense. Uses about 50 kB of stack and
 * 2 kB more for each operand. */
void kernel_fused(
    const kernel_instruction *program, size_t instructions, const kernel_operand *operands, size_t operand_count,
    size_t outer, size_t middle, size_t inner);

/* Convolution companions. `block` is the number of channels that lie together innermost: 16 for nChw16c, and 1 for
 * plain nchw; channels is a multiple of it. `area` is height x width. */

/* out = in + bias of the channel, and x > 0 ? x : slope x of that where leaky != 0; out may equal in. */
void kernel_channel_bias(
    float *out, const float *in, const float *bias, size_t batch, size_t channels, size_t area, size_t block,
    int leaky, float slope);

/* out[channel] = the sum over batch and area, with the accuracy of the fused sums. */
void kernel_channel_sum(float *out, const float *in, size_t batch, size_t channels, size_t area, size_t block);

/* From [batch, channels, area] to nChw16c and back; the last block of channels is filled up with zeros. */
void kernel_to_blocked16(float *out, const float *in, size_t batch, size_t channels, size_t area);
void kernel_from_blocked16(float *out, const float *in, size_t batch, size_t channels, size_t area);

/* From [batch, rows, columns] to [batch, columns, rows]: images with their channels innermost, and back. */
void kernel_transpose(float *out, const float *in, size_t batch, size_t rows, size_t columns);

/* Batch normalisation of images [batch, channels, area]; features are images with an area of one. */
typedef struct {
  size_t batch, channels, area, block;
} kernel_images;

/* y = weight (x - mean) / sqrt(variance + epsilon) + bias, then y > 0 ? y : slope y; moments: means, then variances. */
typedef struct {
  const float *moments, *weight, *bias;
  float epsilon, slope;
} kernel_normalization;

/* out [2, channels]: means and biased variances, from sums in double. */
void kernel_channel_moments(float *out, const float *in, const kernel_images *images);

/* The normalised images; out may equal in. */
void kernel_normalize(float *out, const float *in, const kernel_normalization *n, const kernel_images *images);

/* out [2, channels]: the sums of g and of g (x - mean) / sqrt(variance + epsilon), in double, where g is the gradient
 * of the result taken back through the slope. */
void kernel_normalize_sums(
    float *out, const float *g, const float *x, const kernel_normalization *n, const kernel_images *images);

/* The gradient with respect to x, through the moments as well; those sums NULL: moments that do not depend on x.
 * out may equal g or x. */
void kernel_normalize_gradient(
    float *out, const float *g, const float *x, const kernel_normalization *n, const float *sums,
    const kernel_images *images);

/* Images with each pixel factor x factor times and the border `padding` times more, and the adjoint of that, which sums
 * the copies of each pixel in their order. height and width are those of the smaller images, planes is
 * batch x channels / block. */
void kernel_upsample(
    float *out, const float *in, size_t planes, size_t height, size_t width, size_t block, size_t factor,
    size_t padding);
void kernel_upsample_gradient(
    float *out, const float *in, size_t planes, size_t height, size_t width, size_t block, size_t factor,
    size_t padding);

/* Square windows that move over images, as those of a convolution do; only pixels of the images count. */
typedef struct {
  size_t height, width; /* of the images */
  size_t rows, columns; /* windows along both axes */
  size_t size, stride;
  size_t before; /* rows and columns that the first window stands out by, less than size */
} kernel_window;

/* The mean over each window, and the adjoint. `planes` is batch x channels / block, and block may be any number here, all
 * channels among them: [batch, height, width, channels]. */
void kernel_average_pool(float *out, const float *in, const kernel_window *w, size_t planes, size_t block);
void kernel_average_pool_gradient(float *out, const float *in, const kernel_window *w, size_t planes, size_t block);

/* From each window the number of `in` where `keys` has its first maximum, row by row; a maximum over NaN is NaN. The
 * adjoint adds the numbers of `in` to those places. out, in and keys do not overlap, but in may be keys. */
void kernel_pick_maximum(
    float *out, const float *in, const float *keys, const kernel_window *w, size_t planes, size_t block);
void kernel_place_maximum(
    float *out, const float *in, const float *keys, const kernel_window *w, size_t planes, size_t block);

/* out[o, i] = log sum over c of exp logits[o, c, i] - logits[o, targets[o, i], i], targets whole and below `classes`,
 * and the gradient of the sum of g x entropies with respect to the logits, given these entropies. */
void kernel_cross_entropy(
    float *out, const float *logits, const float *targets, size_t outer, size_t classes, size_t inner);
void kernel_cross_entropy_gradient(
    float *out, const float *g, const float *entropies, const float *logits, const float *targets, size_t outer,
    size_t classes, size_t inner);

/* A convolution of images [batch, inputs, height, width] to [batch, outputs, rows, columns]; of two numbers the first is
 * for the vertical axis. `padding` stands above and to the left, and
 * rows = (height + padding + padding at the end - kernel) / stride + 1, rounded down; likewise columns. */
typedef struct {
  size_t batch, outputs, inputs;
  size_t rows, columns;
  size_t height, width;
  size_t kernel[2], stride[2], padding[2];
} kernel_thin_shape;

/* Gradient of a convolution with respect to its images where these have few channels: from g, nChw16c
 * [batch, outputs, rows, columns] with outputs a multiple of 16, and plain w [outputs, inputs, kernel[0], kernel[1]], to
 * plain nchw [batch, inputs, height, width]. `bias` [inputs] is added, or NULL. Fastest for square kernels of 3 to 6 and
 * strides of 1 or 2. scratch: kernel_thin_scratch floats. */
size_t kernel_thin_scratch(const kernel_thin_shape *shape);
void kernel_thin_transposed(
    float *out, const float *g, const float *w, const float *bias, float *scratch, const kernel_thin_shape *shape);

/* Sums and maxima of a dense array of up to six axes, outermost first, along those with reduced[i] != 0; the results
 * lie densely in the order of the axes that stay. Sums are as accurate as the fused ones; a maximum over NaN is NaN. */
void kernel_sum_axes(float *out, const float *in, size_t rank, const size_t *sizes, const uint8_t *reduced);
void kernel_max_axes(float *out, const float *in, size_t rank, const size_t *sizes, const uint8_t *reduced);

/* out[i0, i1, ...] = in[sum of i_k * strides_k], up to six axes: stretches, slices and transposes. */
void kernel_strided_copy(float *out, const float *in, size_t rank, const size_t *sizes, const ptrdiff_t *strides);

/* out[i, ...] = table[indices[i], ...], rows of `columns` numbers; the indices are whole and within the table. */
void kernel_gather(float *out, const float *table, const float *indices, size_t picked, size_t columns);

/* out[indices[i], ...] += rows[i, ...] in the order of i, after out, of `total` rows, has been set to zero. */
void kernel_scatter(float *out, const float *rows, const float *indices, size_t picked, size_t columns, size_t total);

/* Adam (Kingma and Ba 2015, algorithm 1) in one pass, as torch.optim.Adam does it; t counts from 1:
 *   m = m + (1 - beta1)(g - m),  v = beta2 v + (1 - beta2) g^2,
 *   value -= rate / (1 - beta1^t) * m / (sqrt(v) / sqrt(1 - beta2^t) + epsilon).
 * The corrections of the bias are computed in double. */
typedef struct {
  uint64_t t;
  float rate, beta1, beta2, epsilon;
} kernel_adam_rule;

void kernel_adam(
    float *values, const float *gradient, float *first, float *second, size_t count, const kernel_adam_rule *rule);

/* A dense matrix of parameters with its moments. */
typedef struct {
  float *values, *first, *second;
  size_t rows, columns;
} kernel_adam_matrix;

/* The same step on a matrix whose gradient is the product of a [k, rows], transposed, and b [k, columns], which is never
 * written to memory. Made for k up to some hundred; scratch: kernel_product_adam_scratch(columns, k) floats. */
size_t kernel_product_adam_scratch(size_t columns, size_t k);
void kernel_product_adam(
    const kernel_adam_matrix *matrix, const float *a, const float *b, size_t k, const kernel_adam_rule *rule,
    float *scratch);

/* Elementary functions for tests and for code outside of plans: exp and log within 2 ulp, tanh within 4. A number's
 * result does not depend on where in the array it stands. out may equal in. */
void kernel_exp(float *out, const float *in, size_t count);
void kernel_log(float *out, const float *in, size_t count);
void kernel_tanh(float *out, const float *in, size_t count);

/* Floating-point operations a second that one core does at most in float32, counted as two for a fused multiply-add:
 * the median of short loops over registers in the widest vectors there are, for so many seconds of processor time. */
double kernel_fma_peak(double seconds);

/* c [n, m] = a [n, k] b [k, m], dense. Made for a few dozen rows of a, up to some hundred, and for a b that comes from
 * memory. scratch: kernel_wide_product_scratch(k) floats. */
size_t kernel_wide_product_scratch(size_t k);
void kernel_wide_product(float *c, const float *a, const float *b, size_t n, size_t m, size_t k, float *scratch);

/* One point against `count` others, in double. points [dimensions, count] is dimension after dimension. A distance is
 * the same wherever its point stands, and on every processor.
 * out[j] = sum over d of (points[d, j] - query[d])^2, and the same with each square times weights[d, j]. */
void kernel_squared_distances(
    double *out, const double *points, const double *query, size_t count, size_t dimensions);
void kernel_weighted_distances(
    double *out, const double *points, const double *weights, const double *query, size_t count, size_t dimensions);

/* The least of some numbers, infinity for none; what is not a number does not count. */
double kernel_least(const double *in, size_t count);

/* log sum over j of exp(peaks[j] - depths[j]), the largest taken out first; depths are overwritten. */
double kernel_log_sum_exp(const double *peaks, double *depths, size_t count);

/* The sum over j and s of widths[s] / (widths[s] + squared_distances[j]): inverse multiquadric kernels. */
double kernel_multiquadric_sum(
    const double *squared_distances, size_t count, const double *widths, size_t scales);

/* Makes a block of the heap that starts on a page's border zero, on huge pages where the system has them. The system does
   it for each page when that is first touched: what never is costs no time and no memory. */
void kernel_zero_pages(void *memory, size_t bytes);

/* The instruction set that kernels were chosen for: "avx512", "avx2" or "portable". */
const char *kernel_instruction_set(void);

#endif
