/* Matrix products, through oneDNN's own GEMM. */
#include "step.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

onednn_step *onednn_matmul(int64_t n, int64_t m, int64_t k, int transposes_a, int transposes_b) {
  if (!onednn_engine()) return NULL;
  onednn_step *const step = n > 0 && m > 0 && k > 0 ? calloc(1, sizeof(onednn_step)) : NULL;
  if (!step) {
    onednn_fail(
        "A matrix product of [%lld, %lld] and [%lld, %lld] cannot be made; its sizes must be positive and its memory "
        "available.", (long long)n, (long long)k, (long long)k, (long long)m);
    return NULL;
  }
  step->is_product = 1;
  step->n = n;
  step->m = m;
  step->k = k;
  step->transposes_a = transposes_a;
  step->transposes_b = transposes_b;
  snprintf(step->names, sizeof step->names, "gemm:%s", strchr(onednn_version(), ' ') + 1);
  return step;
}
