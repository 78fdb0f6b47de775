/* Philox 4x32-10 (Salmon, Moraes, Dror and Shaw 2011): ten rounds turn a counter of four words and a key of two into
 * four random words. Key: low word, high word. Counter: block low, block high, stream low, stream high. */
#ifndef KERNELS_PHILOX_H
#define KERNELS_PHILOX_H

#include "targets.h"

typedef struct { uint32_t word[4]; } philox_block;

INLINE philox_block philox(uint64_t key, uint64_t block, uint64_t stream) {
  uint32_t key0 = (uint32_t)key, key1 = (uint32_t)(key >> 32);
  uint32_t c0 = (uint32_t)block, c1 = (uint32_t)(block >> 32);
  uint32_t c2 = (uint32_t)stream, c3 = (uint32_t)(stream >> 32);
#pragma clang loop unroll(full)
  for (int round = 0; round < 10; round++) {
    const uint64_t product0 = (uint64_t)0xd2511f53u * c0, product1 = (uint64_t)0xcd9e8d57u * c2;
    c0 = (uint32_t)(product1 >> 32) ^ c1 ^ key0;
    c1 = (uint32_t)product1;
    c2 = (uint32_t)(product0 >> 32) ^ c3 ^ key1;
    c3 = (uint32_t)product0;
    key0 += 0x9e3779b9u;
    key1 += 0xbb67ae85u;
  }
  return (philox_block){{c0, c1, c2, c3}};
}

enum { BLOCKS = 64, DRAWN = 4 * BLOCKS };

/* The words of BLOCKS blocks from `first` on: word j of block b at words[j][b - first]. */
INLINE void philox_words(uint32_t words[4][BLOCKS], uint64_t key, uint64_t first, uint64_t stream) {
  VECTOR_LOOP for (uint32_t b = 0; b < BLOCKS; b++) {
    const philox_block block = philox(key, first + b, stream);
    words[0][b] = block.word[0];
    words[1][b] = block.word[1];
    words[2][b] = block.word[2];
    words[3][b] = block.word[3];
  }
}

#endif
