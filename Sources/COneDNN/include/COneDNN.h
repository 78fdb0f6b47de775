/* A thin layer over oneDNN 2.6: primitives that are created once with fixed shapes and run many times.
 * All data is float32. Functions that can fail return NULL or non-zero and leave a sentence in onednn_error(). */
#ifndef CONEDNN_H
#define CONEDNN_H

#include <stddef.h>
#include <stdint.h>

/* How images lie in memory. */
enum onednn_layout { ONEDNN_NCHW = 0, ONEDNN_NCHW16C = 1, ONEDNN_NHWC = 2 };

/* A convolution of [batch, inputs, height, width] with [outputs, inputs, kernel[0], kernel[1]]; of two numbers the first
 * is for the vertical axis. `padding` zeros stand above and to the left, `padding_end` below and to the right. */
typedef struct {
  int64_t batch, inputs, height, width, outputs, kernel[2], stride[2], padding[2], padding_end[2];
  int32_t image_layout;  /* layout of the images, the side with `inputs` channels */
  int32_t output_layout; /* layout of the output side, with `outputs` channels */
  int32_t winograd;      /* whether by Winograd's F(4x4, 3x3): for kernels of 3x3, stride 1 and ONEDNN_NCHW16C alone */
} onednn_convolution;

/* A primitive with its weight reorders. A step is made once and run any number of times, by one thread at a time; it
 * touches nothing but its own memory and the arrays it is run on. It runs on as many threads as
 * onednn_set_threads said when it was made, whatever the environment says: the same step on the same arrays then gives
 * the same bits. Steps made for different numbers of threads may differ in the last bits where sums are split. */
typedef struct onednn_step onednn_step;

/* How many threads the steps run on that the calling thread makes from now on; 1 unless set, and never more than
 * OpenMP allows. */
void onednn_set_threads(int threads);

/* Weights and their gradients are always plain [outputs, inputs, kernel[0], kernel[1]]: a step brings them into the
 * layout that the primitive likes, and back, each time it is run, or once for onednn_keep_weights. Images lie as the record says; ONEDNN_NCHW16C needs channels
 * in multiples of 16. NULL on failure. */

/* y = conv(x, w) [+ bias] [then x > 0 ? x : slope x]; bias may be NULL at run time only if has_bias is 0. Winograd's
 * algorithm takes no activation along but the plain ReLU. */
onednn_step *onednn_convolution_forward(const onednn_convolution *shape, int has_bias, int leaky, float slope);

/* From the output's gradient g and w to the images' gradient; also the transposed convolution's forward pass, since
 * oneDNN's own deconvolution runs bias and activation in reference code. To 1 or 3 image channels this is reference
 * code itself: use kernel_thin_transposed. */
onednn_step *onednn_convolution_input_gradient(const onednn_convolution *shape);

/* From images x and the output's gradient g to the weights' gradient. */
onednn_step *onednn_convolution_weight_gradient(const onednn_convolution *shape);

/* c[n, m] = op(a) op(b) [+ bias[m] in each row] [then x > 0 ? x : slope x], row-major and dense; op transposes where the
 * flag is set. NULL also where there is a bias or an activation and oneDNN's code for the shape takes none along. */
onednn_step *onednn_matmul(
    int64_t n, int64_t m, int64_t k, int transposes_a, int transposes_b, int has_bias, int leaky, float slope);

/* The floats of scratch memory, aligned to 64 bytes, that a run needs; what is in them does not matter. */
size_t onednn_scratch(const onednn_step *step);

/* Runs a step on (first, second, bias, out) = (x, w, bias, y), (g, w, NULL, dx), (x, g, NULL, dw) or (a, b, bias, c).
 * Zero on success. */
int onednn_run(
    onednn_step *step, const float *first, const float *second, const float *bias, float *out, float *scratch);

/* Has a forward step take these weights in every run to come, without looking at the caller's again where the primitive
 * wants them in a layout of its own: they are brought into it here. Zero on success. */
int onednn_keep_weights(onednn_step *step, const float *weights, float *scratch);

/* oneDNN's names of the implementations chosen, of the primitive and then of its reorders, joined by "; "; a name with
 * "ref" in it is reference code, some hundred times too slow. Lives as long as the step. */
const char *onednn_implementation(const onednn_step *step);

/* Frees a step and its memory; NULL is allowed. */
void onednn_free(onednn_step *step);

/* The last error of this thread as a sentence. */
const char *onednn_error(void);

/* Whether oneDNN has fast code for images in ONEDNN_NCHW16C here: with AVX-512 alone. */
int onednn_has_blocks_of_16(void);

/* The version and the instruction set oneDNN uses, such as "2.6.3 avx512_core_bf16". */
const char *onednn_version(void);

#endif
