/* How large buffers lie in memory. */
#define _DEFAULT_SOURCE
#include "include/CKernels.h"
#include <sys/mman.h>

void kernel_prefer_huge_pages(void *memory, size_t bytes) {
#ifdef MADV_HUGEPAGE
  madvise(memory, bytes, MADV_HUGEPAGE);
#else
  (void)memory;
  (void)bytes;
#endif
}
