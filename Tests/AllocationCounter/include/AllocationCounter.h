/* Counts the heap allocations of the calling thread, in a test program on glibc.
 *
 * Linked into an executable, this module takes the place of malloc and its kin, for every library of the process, and
 * hands all calls on to glibc. It also stands between our code and oneDNN's two ways to execute, so that allocations
 * that oneDNN makes for itself in there are told from ours. */
#ifndef ALLOCATION_COUNTER_H
#define ALLOCATION_COUNTER_H

#include <stddef.h>

typedef struct {
  size_t ours;       /* allocations outside of oneDNN's executions */
  size_t onednn;     /* allocations inside of them */
  size_t largest;    /* bytes of the largest of them all */
  size_t executions; /* times that oneDNN was asked to execute */
} allocation_counts;

/* Starts counting on this thread, from zero. */
void allocation_counter_start(void);

/* Stops counting on this thread; what was counted since the start. */
allocation_counts allocation_counter_stop(void);

#endif
