/* malloc and its kin, and oneDNN's executions, with counters around them. */
#define _GNU_SOURCE
#include "include/AllocationCounter.h"
#include <dlfcn.h>
#include <errno.h>
#include <stdint.h>
#include <stdlib.h>

static _Thread_local allocation_counts counts;
static _Thread_local int is_counting;
static _Thread_local int executing;

void allocation_counter_start(void) {
  counts = (allocation_counts){0};
  is_counting = 1;
}

allocation_counts allocation_counter_stop(void) {
  is_counting = 0;
  return counts;
}

static void count(size_t size) {
  if (!is_counting) return;
  if (size > counts.largest) counts.largest = size;
  if (executing) {
    counts.onednn++;
  } else {
    counts.ours++;
  }
}

/* glibc's own, under names that a replacement can still reach. A sanitizer brings a malloc of its own: nothing is
 * replaced then, and only executions are counted. */
#if !defined(__has_feature) || !(__has_feature(address_sanitizer) || __has_feature(thread_sanitizer))
extern void *__libc_malloc(size_t size);
extern void *__libc_calloc(size_t items, size_t size);
extern void *__libc_realloc(void *memory, size_t size);
extern void *__libc_memalign(size_t alignment, size_t size);
extern void __libc_free(void *memory);

void *malloc(size_t size) {
  count(size);
  return __libc_malloc(size);
}

void *calloc(size_t items, size_t size) {
  count(items * size);
  return __libc_calloc(items, size);
}

void *realloc(void *memory, size_t size) {
  count(size);
  return __libc_realloc(memory, size);
}

void *memalign(size_t alignment, size_t size) {
  count(size);
  return __libc_memalign(alignment, size);
}

void *aligned_alloc(size_t alignment, size_t size) { return memalign(alignment, size); }

int posix_memalign(void **memory, size_t alignment, size_t size) {
  if (alignment % sizeof(void *) != 0 || (alignment & (alignment - 1)) != 0) return EINVAL;
  void *const start = memalign(alignment, size);
  if (!start) return ENOMEM;
  *memory = start;
  return 0;
}

void free(void *memory) { __libc_free(memory); }
#endif

/* The next definition of a function in the order in which the libraries were loaded: the real one. */
static void *real(const char *name) {
  const int was_counting = is_counting;
  is_counting = 0;
  void *const function = dlsym(RTLD_NEXT, name);
  is_counting = was_counting;
  if (!function) abort();
  return function;
}

static void begin_execution(void) {
  executing++;
  if (is_counting) counts.executions++;
}

int dnnl_primitive_execute(const void *primitive, void *stream, int count, const void *arguments) {
  typedef int (*execution)(const void *, void *, int, const void *);
  static _Atomic(execution) execute;
  if (!execute) execute = (execution)real("dnnl_primitive_execute");
  begin_execution();
  const int status = execute(primitive, stream, count, arguments);
  executing--;
  return status;
}

int dnnl_sgemm(
    char transposes_a, char transposes_b, int64_t rows, int64_t columns, int64_t inner, float alpha, const float *a,
    int64_t row_a, const float *b, int64_t row_b, float beta, float *c, int64_t row_c) {
  typedef int (*multiplication)(
      char, char, int64_t, int64_t, int64_t, float, const float *, int64_t, const float *, int64_t, float, float *,
      int64_t);
  static _Atomic(multiplication) multiply;
  if (!multiply) multiply = (multiplication)real("dnnl_sgemm");
  begin_execution();
  const int status = multiply(
      transposes_a, transposes_b, rows, columns, inner, alpha, a, row_a, b, row_b, beta, c, row_c);
  executing--;
  return status;
}
