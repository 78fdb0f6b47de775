/* Matrix products: oneDNN's matmul primitive, which is as fast as its plain GEMM on large shapes and up to a third
 * faster on small ones, or the GEMM where the primitive would be reference code. */
#include "step.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The layout of an operand of size rows x columns, which may lie transposed. */
static dnnl_status_t operand_layout(dnnl_memory_desc_t *layout, int64_t rows, int64_t columns, int transposed) {
  const dnnl_dims_t sizes = {rows, columns};
  return dnnl_memory_desc_init_by_tag(layout, 2, sizes, dnnl_f32, transposed ? dnnl_ba : dnnl_ab);
}

/* What is done to a product's results in passing. */
typedef struct {
  int has_bias, leaky;
  float slope;
} passing;

/* layouts: of both operands, the result and the bias. */
static dnnl_status_t describe_product(
    dnnl_primitive_desc_t *description, const onednn_step *step, passing then, dnnl_memory_desc_t layouts[4]) {
  dnnl_matmul_desc_t operation;
  dnnl_primitive_attr_t attributes = NULL;
  dnnl_status_t status = operand_layout(&layouts[0], step->n, step->k, step->transposes_a);
  if (status == dnnl_success) status = operand_layout(&layouts[1], step->k, step->m, step->transposes_b);
  if (status == dnnl_success) status = operand_layout(&layouts[2], step->n, step->m, 0);
  if (status == dnnl_success) status = operand_layout(&layouts[3], 1, step->m, 0);
  if (status == dnnl_success)
    status = dnnl_matmul_desc_init(
        &operation, &layouts[0], &layouts[1], then.has_bias ? &layouts[3] : NULL, &layouts[2]);
  if (status == dnnl_success) status = onednn_attributes(&attributes);
  if (status == dnnl_success && then.leaky) status = onednn_append_leaky(attributes, then.slope);
  if (status == dnnl_success)
    status = dnnl_primitive_desc_create(description, &operation, attributes, onednn_engine(), NULL);
  if (attributes) dnnl_primitive_attr_destroy(attributes);
  return status;
}

static int is_reference(const_dnnl_primitive_desc_t description) {
  const char *name = "ref";
  dnnl_primitive_desc_query(description, dnnl_query_impl_info_str, 0, &name);
  return strstr(name, "ref") != NULL;
}

static dnnl_status_t make_product(onednn_step *step, passing then) {
  dnnl_memory_desc_t layouts[4];
  dnnl_primitive_desc_t description;
  if (describe_product(&description, step, then, layouts) != dnnl_success) return dnnl_unimplemented;
  dnnl_status_t status = is_reference(description) ? dnnl_unimplemented : dnnl_success;
  if (status == dnnl_success) status = onednn_prepare(step, &step->main, description);
  if (status == dnnl_success) status = onednn_argument(&step->main, DNNL_ARG_SRC, &layouts[0], 0, &step->first);
  if (status == dnnl_success) status = onednn_argument(&step->main, DNNL_ARG_WEIGHTS, &layouts[1], 0, &step->second);
  if (status == dnnl_success) status = onednn_argument(&step->main, DNNL_ARG_DST, &layouts[2], 0, &step->out);
  if (status == dnnl_success && then.has_bias)
    status = onednn_argument(&step->main, DNNL_ARG_BIAS, &layouts[3], 0, &step->bias);
  dnnl_primitive_desc_destroy(description);
  return status;
}

onednn_step *onednn_matmul(
    int64_t n, int64_t m, int64_t k, int transposes_a, int transposes_b, int has_bias, int leaky, float slope) {
  if (!onednn_engine()) return NULL;
  onednn_step *const step = n > 0 && m > 0 && k > 0 ? calloc(1, sizeof(onednn_step)) : NULL;
  if (!step) {
    onednn_fail(
        "A matrix product of [%lld, %lld] and [%lld, %lld] cannot be made; its sizes must be positive and its memory "
        "available.", (long long)n, (long long)k, (long long)k, (long long)m);
    return NULL;
  }
  step->n = n;
  step->m = m;
  step->k = k;
  step->transposes_a = transposes_a;
  step->transposes_b = transposes_b;
  const dnnl_status_t status = make_product(step, (passing){has_bias, leaky, slope});
  if (status == dnnl_success) return step;
  if (status != dnnl_unimplemented || has_bias || leaky) {
    onednn_free(step);
    onednn_fail(
        "oneDNN cannot make a matrix product of [%lld, %lld] and [%lld, %lld]: %s.", (long long)n, (long long)k,
        (long long)k, (long long)m, onednn_status_name(status));
    return NULL;
  }
  step->is_product = 1;
  step->threads = onednn_threads();
  snprintf(step->names, sizeof step->names, "gemm:%s", strchr(onednn_version(), ' ') + 1);
  return step;
}
