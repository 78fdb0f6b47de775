/* A step: one oneDNN primitive, or a direct matrix product, with everything that it needs at run time. */
#ifndef ONEDNN_STEP_H
#define ONEDNN_STEP_H

#include "include/COneDNN.h"
#include <oneapi/dnnl/dnnl.h>

/* The arguments of a primitive: at most images, weights, bias, results and scratch memory. */
enum { ONEDNN_ARGUMENTS = 5, ONEDNN_NAMES = 256 };

/* A primitive with its arguments' memories; buffers of our own are freed with it. */
typedef struct {
  dnnl_primitive_t primitive;
  dnnl_memory_t scratch; /* or NULL */
  dnnl_exec_arg_t arguments[ONEDNN_ARGUMENTS];
  void *owned[ONEDNN_ARGUMENTS];
  int count;
} onednn_call;

struct onednn_step {
  onednn_call before, main, after; /* weights in, the primitive, the weights' gradient out; unused ones are empty */
  dnnl_memory_t first, second, bias, out; /* where the caller's arrays go, or NULL */
  int is_product;                         /* a plain GEMM of these sizes instead of the calls */
  int64_t n, m, k;
  int transposes_a, transposes_b;
  int threads;                            /* on how many it runs */
  size_t scratch_bytes;                   /* the most that one of the calls needs */
  char names[ONEDNN_NAMES];
};

/* The process's CPU engine and stream, or NULL with an error. */
dnnl_engine_t onednn_engine(void);
dnnl_stream_t onednn_stream(void);

/* The number of threads that steps are being made for. */
int onednn_threads(void);

/* Around the running of a step: has OpenMP give it the threads that it was made for, and then as before. */
void onednn_begin(const onednn_step *step);
void onednn_end(void);

/* Notes an error as a sentence for onednn_error. */
void onednn_fail(const char *format, ...) __attribute__((format(printf, 1, 2)));
const char *onednn_status_name(dnnl_status_t status);

/* Prepares a call of the primitive described: creates it, notes its scratch memory and adds its name to the step's. */
dnnl_status_t onednn_prepare(onednn_step *step, onednn_call *call, const_dnnl_primitive_desc_t description);

/* Gives a call an argument of the given layout. With `owned` it has memory of its own, else it is
 * set later. */
dnnl_status_t onednn_argument(
    onednn_call *call, int argument, const dnnl_memory_desc_t *layout, int owned, dnnl_memory_t *memory);

/* Attributes under which a primitive leaves its scratch memory to us. */
dnnl_status_t onednn_attributes(dnnl_primitive_attr_t *attributes);

/* Has a primitive apply a leaky ReLU to its results. */
dnnl_status_t onednn_append_leaky(dnnl_primitive_attr_t attributes, float slope);

#endif
