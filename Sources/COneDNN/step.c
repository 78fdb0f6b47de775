/* Preparing, running and freeing steps. */
#include "step.h"
#include <stdlib.h>
#include <string.h>

/* Aligned to cache lines, and zero, as oneDNN wants the padding of blocked weights. */
static void *zeroed_memory(size_t bytes) {
  const size_t rounded = (bytes + 63) / 64 * 64;
  void *const memory = aligned_alloc(64, rounded ? rounded : 64);
  if (memory) memset(memory, 0, rounded);
  return memory;
}

dnnl_status_t onednn_attributes(dnnl_primitive_attr_t *attributes) {
  const dnnl_status_t status = dnnl_primitive_attr_create(attributes);
  if (status != dnnl_success) return status;
  return dnnl_primitive_attr_set_scratchpad_mode(*attributes, dnnl_scratchpad_mode_user);
}

dnnl_status_t onednn_append_leaky(dnnl_primitive_attr_t attributes, float slope) {
  dnnl_post_ops_t operations;
  dnnl_status_t status = dnnl_post_ops_create(&operations);
  if (status != dnnl_success) return status;
  status = dnnl_post_ops_append_eltwise(operations, 1.0f, dnnl_eltwise_relu, slope, 0.0f);
  if (status == dnnl_success) status = dnnl_primitive_attr_set_post_ops(attributes, operations);
  dnnl_post_ops_destroy(operations);
  return status;
}

dnnl_status_t onednn_argument(
    onednn_call *call, int argument, const dnnl_memory_desc_t *layout, int owned, dnnl_memory_t *memory) {
  void *data = DNNL_MEMORY_NONE;
  if (owned) {
    data = zeroed_memory(dnnl_memory_desc_get_size(layout));
    if (!data) return dnnl_out_of_memory;
  }
  dnnl_memory_t created;
  const dnnl_status_t status = dnnl_memory_create(&created, layout, onednn_engine(), data);
  if (status != dnnl_success) {
    if (owned) free(data);
    return status;
  }
  call->owned[call->count] = owned ? data : NULL;
  call->arguments[call->count++] = (dnnl_exec_arg_t){argument, created};
  if (memory) *memory = created;
  return dnnl_success;
}

static void add_name(onednn_step *step, const_dnnl_primitive_desc_t description) {
  const char *name = "unnamed";
  dnnl_primitive_desc_query(description, dnnl_query_impl_info_str, 0, &name);
  if (step->names[0]) strncat(step->names, "; ", sizeof step->names - strlen(step->names) - 1);
  strncat(step->names, name, sizeof step->names - strlen(step->names) - 1);
}

dnnl_status_t onednn_prepare(onednn_step *step, onednn_call *call, const_dnnl_primitive_desc_t description) {
  add_name(step, description);
  step->threads = onednn_threads();
  const dnnl_status_t status = dnnl_primitive_create(&call->primitive, description);
  if (status != dnnl_success) return status;
  const dnnl_memory_desc_t *const scratch = dnnl_primitive_desc_query_md(description, dnnl_query_scratchpad_md, 0);
  const size_t bytes = scratch ? dnnl_memory_desc_get_size(scratch) : 0;
  if (bytes == 0) return dnnl_success;
  if (step->scratch_bytes < bytes) step->scratch_bytes = bytes;
  return onednn_argument(call, DNNL_ARG_SCRATCHPAD, scratch, 0, &call->scratch);
}

static dnnl_status_t place(dnnl_memory_t memory, const float *data) {
  return memory ? dnnl_memory_set_data_handle(memory, (void *)data) : dnnl_success;
}

static dnnl_status_t execute(const onednn_call *call, float *scratch) {
  if (!call->primitive) return dnnl_success;
  const dnnl_status_t status = place(call->scratch, scratch);
  if (status != dnnl_success) return status;
  return dnnl_primitive_execute(call->primitive, onednn_stream(), call->count, call->arguments);
}

static dnnl_status_t run_calls(
    onednn_step *step, const float *first, const float *second, const float *bias, float *out, float *scratch) {
  dnnl_status_t status = place(step->first, first);
  if (status == dnnl_success) status = place(step->second, second);
  if (status == dnnl_success) status = place(step->bias, bias);
  if (status == dnnl_success) status = place(step->out, out);
  if (status == dnnl_success) status = execute(&step->before, scratch);
  if (status == dnnl_success) status = execute(&step->main, scratch);
  if (status == dnnl_success) status = execute(&step->after, scratch);
  if (status == dnnl_success) status = dnnl_stream_wait(onednn_stream());
  return status;
}

static dnnl_status_t run_product(const onednn_step *step, const float *a, const float *b, float *c) {
  if (!onednn_engine()) return dnnl_runtime_error;
  const int64_t row_a = step->transposes_a ? step->n : step->k, row_b = step->transposes_b ? step->k : step->m;
  return dnnl_sgemm(
      step->transposes_a ? 'T' : 'N', step->transposes_b ? 'T' : 'N', step->n, step->m, step->k, 1.0f, a, row_a, b,
      row_b, 0.0f, c, step->m);
}

int onednn_run(
    onednn_step *step, const float *first, const float *second, const float *bias, float *out, float *scratch) {
  if (step->scratch_bytes > 0 && !scratch) {
    onednn_fail("A step (%s) was run without its scratch memory; pass it.", step->names);
    return 1;
  }
  if (step->bias && !bias) {
    onednn_fail("A convolution was created with a bias (%s) and run without; pass its bias.", step->names);
    return 1;
  }
  onednn_begin(step);
  const dnnl_status_t status =
      step->is_product ? run_product(step, first, second, out)
                       : run_calls(step, first, second, bias, out, scratch);
  onednn_end();
  if (status == dnnl_success) return 0;
  onednn_fail("oneDNN could not run %s: %s.", step->names, onednn_status_name(status));
  return 1;
}

size_t onednn_scratch(const onednn_step *step) { return (step->scratch_bytes + 63) / 64 * 16; }

const char *onednn_implementation(const onednn_step *step) { return step->names; }

static void free_call(onednn_call *call) {
  for (int i = 0; i < call->count; i++) {
    dnnl_memory_destroy(call->arguments[i].memory);
    free(call->owned[i]);
  }
  if (call->primitive) dnnl_primitive_destroy(call->primitive);
}

int onednn_keep_weights(onednn_step *step, const float *weights, float *scratch) {
  if (!step->before.primitive) return 0;
  onednn_begin(step);
  dnnl_status_t status = place(step->second, weights);
  if (status == dnnl_success) status = execute(&step->before, scratch);
  if (status == dnnl_success) status = dnnl_stream_wait(onednn_stream());
  onednn_end();
  if (status != dnnl_success) {
    onednn_fail("oneDNN could not reorder the weights of %s: %s.", step->names, onednn_status_name(status));
    return 1;
  }
  free_call(&step->before);
  memset(&step->before, 0, sizeof step->before);
  step->second = NULL;
  return 0;
}

void onednn_free(onednn_step *step) {
  if (!step) return;
  free_call(&step->before);
  free_call(&step->main);
  free_call(&step->after);
  free(step);
}
