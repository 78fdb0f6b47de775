/* The one engine and stream of the process, its version, and errors as sentences. */
#include "step.h"
#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static pthread_once_t once = PTHREAD_ONCE_INIT;
static dnnl_engine_t engine;
static dnnl_stream_t stream;
static char version[96];
static _Thread_local char error[512] = "No error has occurred.";

static const char *instruction_set(void) {
  switch (dnnl_get_effective_cpu_isa()) {
    case dnnl_cpu_isa_sse41: return "sse41";
    case dnnl_cpu_isa_avx: return "avx";
    case dnnl_cpu_isa_avx2: return "avx2";
    case dnnl_cpu_isa_avx2_vnni: return "avx2_vnni";
    case dnnl_cpu_isa_avx512_mic: return "avx512_mic";
    case dnnl_cpu_isa_avx512_mic_4ops: return "avx512_mic_4ops";
    case dnnl_cpu_isa_avx512_core: return "avx512_core";
    case dnnl_cpu_isa_avx512_core_vnni: return "avx512_core_vnni";
    case dnnl_cpu_isa_avx512_core_bf16: return "avx512_core_bf16";
    case dnnl_cpu_isa_avx512_core_amx: return "avx512_core_amx";
    default: return "unrestricted";
  }
}

static void start(void) {
  const dnnl_version_t *const library = dnnl_version();
  snprintf(
      version, sizeof version, "%d.%d.%d %s", library->major, library->minor, library->patch, instruction_set());
  if (dnnl_engine_create(&engine, dnnl_cpu, 0) != dnnl_success) engine = NULL;
  if (engine && dnnl_stream_create(&stream, engine, dnnl_stream_in_order) != dnnl_success) stream = NULL;
}

/* libgomp comes with libdnnl, and has no header of its own where the compiler is not gcc. */
extern void omp_set_num_threads(int threads) __attribute__((weak));
extern void omp_set_dynamic(int dynamic) __attribute__((weak));
extern int omp_get_thread_limit(void) __attribute__((weak));

/* What the calling thread asks OpenMP for; 0 until it has asked. */
static _Thread_local int threads_asked_for;

/* A primitive counts on as many threads as it was made for: OpenMP is not to give fewer when the machine is busy. */
static void ask_for_threads(int threads) {
  if (threads == threads_asked_for) return;
  if (omp_set_dynamic) omp_set_dynamic(0);
  if (omp_set_num_threads) omp_set_num_threads(threads);
  threads_asked_for = threads;
}

void onednn_begin(const onednn_step *step) { ask_for_threads(step->threads > 1 ? step->threads : 1); }

void onednn_end(void) { ask_for_threads(onednn_threads()); }

static _Thread_local int threads_to_make_with = 1;

int onednn_threads(void) { return threads_to_make_with; }

void onednn_set_threads(int threads) {
  const int limit = omp_get_thread_limit ? omp_get_thread_limit() : 1;
  threads_to_make_with = threads < 1 ? 1 : threads < limit ? threads : limit;
  ask_for_threads(threads_to_make_with);
}

/* Unless asked otherwise it is one thread: a team per caller would spin against the other processes of a sweep, and
 * sum in another order. */
dnnl_engine_t onednn_engine(void) {
  pthread_once(&once, start);
  if (!threads_asked_for) ask_for_threads(threads_to_make_with);
  if (!engine || !stream) onednn_fail("oneDNN has no engine for this processor; check the installed libdnnl.");
  return stream ? engine : NULL;
}

dnnl_stream_t onednn_stream(void) { return onednn_engine() ? stream : NULL; }

const char *onednn_version(void) {
  pthread_once(&once, start);
  return version;
}

int onednn_has_blocks_of_16(void) { return strncmp(instruction_set(), "avx512", strlen("avx512")) == 0; }

const char *onednn_error(void) { return error; }

void onednn_fail(const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  vsnprintf(error, sizeof error, format, arguments);
  va_end(arguments);
}

const char *onednn_status_name(dnnl_status_t status) {
  switch (status) {
    case dnnl_success: return "success";
    case dnnl_out_of_memory: return "out of memory";
    case dnnl_invalid_arguments: return "invalid arguments";
    case dnnl_unimplemented: return "not implemented";
    case dnnl_iterator_ends: return "no implementation left";
    case dnnl_runtime_error: return "failed at run time";
    case dnnl_not_required: return "not required";
  }
  return "unknown status";
}
