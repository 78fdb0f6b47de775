/* Convolutions and their two gradients. */
#include "step.h"
#include <stdlib.h>

/* The layouts of a convolution's arrays: what the caller has, and weights both plain and as the primitive likes. */
typedef struct {
  dnnl_memory_desc_t images, results, plain_weights, any_weights, bias;
  dnnl_dims_t strides, padding, padding_end;
  dnnl_alg_kind_t algorithm;
} geometry;

static dnnl_status_t image_layout(
    dnnl_memory_desc_t *layout, int64_t batch, int64_t channels, int64_t height, int64_t width, int32_t kind) {
  const dnnl_dims_t sizes = {batch, channels, height, width};
  const dnnl_format_tag_t tag =
      kind == ONEDNN_NCHW16C ? dnnl_nChw16c : kind == ONEDNN_NHWC ? dnnl_nhwc : dnnl_nchw;
  return dnnl_memory_desc_init_by_tag(layout, 4, sizes, dnnl_f32, tag);
}

/* The number of results along an axis, or 0 where there are none. */
static int64_t reduced(const onednn_convolution *s, int axis, int64_t size) {
  const int64_t room = size + s->padding[axis] + s->padding_end[axis] - s->kernel[axis];
  const int fits = s->stride[axis] >= 1 && s->padding[axis] >= 0 && s->padding_end[axis] >= 0 && room >= 0;
  return fits ? room / s->stride[axis] + 1 : 0;
}

static dnnl_status_t describe(geometry *to, const onednn_convolution *s) {
  if (s->image_layout == ONEDNN_NCHW16C && s->inputs % 16 != 0) return dnnl_invalid_arguments;
  const int64_t height = reduced(s, 0, s->height), width = reduced(s, 1, s->width);
  if (height == 0 || width == 0) return dnnl_invalid_arguments;
  const dnnl_dims_t weights = {s->outputs, s->inputs, s->kernel[0], s->kernel[1]}, bias = {s->outputs};
  to->algorithm = s->winograd ? dnnl_convolution_winograd : dnnl_convolution_direct;
  for (int axis = 0; axis < 2; axis++) {
    to->strides[axis] = s->stride[axis];
    to->padding[axis] = s->padding[axis];
    to->padding_end[axis] = s->padding_end[axis];
  }
  dnnl_status_t status = image_layout(&to->images, s->batch, s->inputs, s->height, s->width, s->image_layout);
  if (status == dnnl_success)
    status = image_layout(&to->results, s->batch, s->outputs, height, width, s->output_layout);
  if (status == dnnl_success)
    status = dnnl_memory_desc_init_by_tag(&to->plain_weights, 4, weights, dnnl_f32, dnnl_oihw);
  if (status == dnnl_success)
    status = dnnl_memory_desc_init_by_tag(&to->any_weights, 4, weights, dnnl_f32, dnnl_format_tag_any);
  if (status == dnnl_success) status = dnnl_memory_desc_init_by_tag(&to->bias, 1, bias, dnnl_f32, dnnl_a);
  return status;
}

/* The description of the forward primitive, which the gradients' need as a hint. */
static dnnl_status_t describe_forward(
    dnnl_primitive_desc_t *description, const geometry *g, int has_bias, const_dnnl_primitive_attr_t attributes) {
  dnnl_convolution_desc_t operation;
  const dnnl_status_t status = dnnl_convolution_forward_desc_init(
      &operation, dnnl_forward_training, g->algorithm, &g->images, &g->any_weights,
      has_bias ? &g->bias : NULL, &g->results, g->strides, g->padding, g->padding_end);
  if (status != dnnl_success) return status;
  return dnnl_primitive_desc_create(description, &operation, attributes, onednn_engine(), NULL);
}

/* Prepares a reorder between two layouts; its arguments are connected by the caller. */
static dnnl_status_t prepare_reorder(
    onednn_step *step, onednn_call *call, const dnnl_memory_desc_t *from, const dnnl_memory_desc_t *to,
    const_dnnl_primitive_attr_t attributes) {
  dnnl_primitive_desc_t description;
  dnnl_status_t status =
      dnnl_reorder_primitive_desc_create(&description, from, onednn_engine(), to, onednn_engine(), attributes);
  if (status != dnnl_success) return status;
  status = onednn_prepare(step, call, description);
  dnnl_primitive_desc_destroy(description);
  return status;
}

/* Gives the main call its weights: the caller's array where the layouts agree, else memory of our own that a reorder
 * fills before or empties after. `caller` becomes the memory for the caller's array. */
static dnnl_status_t connect_weights(
    onednn_step *step, const dnnl_memory_desc_t *plain, const dnnl_memory_desc_t *wanted, int argument,
    dnnl_memory_t *caller, const_dnnl_primitive_attr_t attributes) {
  if (dnnl_memory_desc_equal(plain, wanted)) return onednn_argument(&step->main, argument, plain, 0, caller);
  const int is_gradient = argument == DNNL_ARG_DIFF_WEIGHTS;
  onednn_call *const reorder = is_gradient ? &step->after : &step->before;
  dnnl_memory_t inside;
  dnnl_status_t status = onednn_argument(&step->main, argument, wanted, 1, &inside);
  if (status != dnnl_success) return status;
  status = prepare_reorder(
      step, reorder, is_gradient ? wanted : plain, is_gradient ? plain : wanted, attributes);
  if (status == dnnl_success)
    status = onednn_argument(reorder, is_gradient ? DNNL_ARG_TO : DNNL_ARG_FROM, plain, 0, caller);
  if (status != dnnl_success) return status;
  void *data;
  status = dnnl_memory_get_data_handle(inside, &data);
  dnnl_memory_t same;
  if (status == dnnl_success)
    status = onednn_argument(reorder, is_gradient ? DNNL_ARG_FROM : DNNL_ARG_TO, wanted, 0, &same);
  if (status == dnnl_success) status = dnnl_memory_set_data_handle(same, data);
  return status;
}

static dnnl_status_t make_forward(
    onednn_step *step, const geometry *g, int has_bias, int leaky, float slope, dnnl_primitive_attr_t attributes,
    dnnl_primitive_attr_t plain_attributes) {
  if (leaky) {
    const dnnl_status_t status = onednn_append_leaky(attributes, slope);
    if (status != dnnl_success) return status;
  }
  dnnl_primitive_desc_t description;
  dnnl_status_t status = describe_forward(&description, g, has_bias, attributes);
  if (status != dnnl_success) return status;
  status = onednn_prepare(step, &step->main, description);
  if (status == dnnl_success) status = onednn_argument(&step->main, DNNL_ARG_SRC, &g->images, 0, &step->first);
  if (status == dnnl_success) status = onednn_argument(&step->main, DNNL_ARG_DST, &g->results, 0, &step->out);
  if (status == dnnl_success && has_bias)
    status = onednn_argument(&step->main, DNNL_ARG_BIAS, &g->bias, 0, &step->bias);
  if (status == dnnl_success)
    status = connect_weights(
        step, &g->plain_weights, dnnl_primitive_desc_query_md(description, dnnl_query_weights_md, 0),
        DNNL_ARG_WEIGHTS, &step->second, plain_attributes);
  dnnl_primitive_desc_destroy(description);
  return status;
}

static dnnl_status_t make_input_gradient(
    onednn_step *step, const geometry *g, const_dnnl_primitive_desc_t hint, dnnl_primitive_attr_t attributes) {
  dnnl_convolution_desc_t operation;
  dnnl_primitive_desc_t description;
  dnnl_status_t status = dnnl_convolution_backward_data_desc_init(
      &operation, g->algorithm, &g->images, &g->any_weights, &g->results, g->strides, g->padding,
      g->padding_end);
  if (status == dnnl_success)
    status = dnnl_primitive_desc_create(&description, &operation, attributes, onednn_engine(), hint);
  if (status != dnnl_success) return status;
  status = onednn_prepare(step, &step->main, description);
  if (status == dnnl_success) status = onednn_argument(&step->main, DNNL_ARG_DIFF_DST, &g->results, 0, &step->first);
  if (status == dnnl_success) status = onednn_argument(&step->main, DNNL_ARG_DIFF_SRC, &g->images, 0, &step->out);
  if (status == dnnl_success)
    status = connect_weights(
        step, &g->plain_weights, dnnl_primitive_desc_query_md(description, dnnl_query_weights_md, 0),
        DNNL_ARG_WEIGHTS, &step->second, attributes);
  dnnl_primitive_desc_destroy(description);
  return status;
}

static dnnl_status_t make_weight_gradient(
    onednn_step *step, const geometry *g, const_dnnl_primitive_desc_t hint, dnnl_primitive_attr_t attributes) {
  dnnl_convolution_desc_t operation;
  dnnl_primitive_desc_t description;
  dnnl_status_t status = dnnl_convolution_backward_weights_desc_init(
      &operation, g->algorithm, &g->images, &g->any_weights, NULL, &g->results, g->strides, g->padding,
      g->padding_end);
  if (status == dnnl_success)
    status = dnnl_primitive_desc_create(&description, &operation, attributes, onednn_engine(), hint);
  if (status != dnnl_success) return status;
  status = onednn_prepare(step, &step->main, description);
  if (status == dnnl_success) status = onednn_argument(&step->main, DNNL_ARG_SRC, &g->images, 0, &step->first);
  if (status == dnnl_success) status = onednn_argument(&step->main, DNNL_ARG_DIFF_DST, &g->results, 0, &step->second);
  if (status == dnnl_success)
    status = connect_weights(
        step, &g->plain_weights, dnnl_primitive_desc_query_md(description, dnnl_query_diff_weights_md, 0),
        DNNL_ARG_DIFF_WEIGHTS, &step->out, attributes);
  dnnl_primitive_desc_destroy(description);
  return status;
}

typedef dnnl_status_t gradient_maker(
    onednn_step *step, const geometry *g, const_dnnl_primitive_desc_t hint, dnnl_primitive_attr_t attributes);

static onednn_step *finished(
    onednn_step *step, dnnl_status_t status, const char *what, const onednn_convolution *s) {
  if (step && status == dnnl_success) return step;
  onednn_free(step);
  onednn_fail(
      "oneDNN cannot make %s of a convolution of [%lld, %lld, %lld, %lld] with [%lld, %lld, %lld, %lld], strides %lld "
      "and %lld, padding %lld + %lld and %lld + %lld, layouts %d and %d%s: %s; check the shape and that blocked channels "
      "are multiples of 16.",
      what, (long long)s->batch, (long long)s->inputs, (long long)s->height, (long long)s->width,
      (long long)s->outputs, (long long)s->inputs, (long long)s->kernel[0], (long long)s->kernel[1],
      (long long)s->stride[0], (long long)s->stride[1], (long long)s->padding[0], (long long)s->padding_end[0],
      (long long)s->padding[1], (long long)s->padding_end[1], s->image_layout, s->output_layout,
      s->winograd ? ", Winograd's" : "", onednn_status_name(status));
  return NULL;
}

static onednn_step *gradient(const onednn_convolution *shape, const char *what, gradient_maker *make) {
  if (!onednn_engine()) return NULL;
  onednn_step *const step = calloc(1, sizeof(onednn_step));
  dnnl_primitive_attr_t attributes = NULL;
  dnnl_primitive_desc_t hint = NULL;
  geometry g;
  dnnl_status_t status = step ? describe(&g, shape) : dnnl_out_of_memory;
  if (status == dnnl_success) status = onednn_attributes(&attributes);
  if (status == dnnl_success) status = describe_forward(&hint, &g, 0, attributes);
  if (status == dnnl_success) status = make(step, &g, hint, attributes);
  if (hint) dnnl_primitive_desc_destroy(hint);
  if (attributes) dnnl_primitive_attr_destroy(attributes);
  return finished(step, status, what, shape);
}

onednn_step *onednn_convolution_forward(const onednn_convolution *shape, int has_bias, int leaky, float slope) {
  if (!onednn_engine()) return NULL;
  onednn_step *const step = calloc(1, sizeof(onednn_step));
  dnnl_primitive_attr_t attributes = NULL, plain = NULL;
  geometry g;
  dnnl_status_t status = step ? describe(&g, shape) : dnnl_out_of_memory;
  if (status == dnnl_success) status = onednn_attributes(&attributes);
  if (status == dnnl_success) status = onednn_attributes(&plain);
  if (status == dnnl_success) status = make_forward(step, &g, has_bias, leaky, slope, attributes, plain);
  if (plain) dnnl_primitive_attr_destroy(plain);
  if (attributes) dnnl_primitive_attr_destroy(attributes);
  return finished(step, status, "the result", shape);
}

onednn_step *onednn_convolution_input_gradient(const onednn_convolution *shape) {
  return gradient(shape, "the images' gradient", make_input_gradient);
}

onednn_step *onednn_convolution_weight_gradient(const onednn_convolution *shape) {
  return gradient(shape, "the weights' gradient", make_weight_gradient);
}
