/* How large buffers lie in memory. */
#define _DEFAULT_SOURCE
#include "include/CKernels.h"
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

void kernel_zero_pages(void *memory, size_t bytes) {
  size_t zeroed = 0;
#ifdef __linux__
  const size_t page = (size_t)sysconf(_SC_PAGESIZE);
  madvise(memory, bytes, MADV_HUGEPAGE);
  /* Linux gives anonymous pages back as zeros; the last one may be shared with a neighbour. */
  const size_t whole = bytes / page * page;
  if (madvise(memory, whole, MADV_DONTNEED) == 0) zeroed = whole;
#endif
  memset((char *)memory + zeroed, 0, bytes - zeroed);
}
