/* Random numbers that depend on nothing but key, stream and their own position. */
#include "include/CKernels.h"
#include "mathematics.h"
#include "philox.h"

/* 2^-24 times the upper 24 bits: [0, 1) and, for the radius of Box-Muller, (0, 1]. */
INLINE float unit(uint32_t word) { return (float)(int32_t)(word >> 8) * 0x1p-24f; }
INLINE float positive_unit(uint32_t word) { return (float)(int32_t)((word >> 8) + 1) * 0x1p-24f; }

void kernel_philox(uint32_t words[4], uint64_t key, uint64_t block, uint64_t stream) {
  const philox_block result = philox(key, block, stream);
  memcpy(words, result.word, sizeof result.word);
}

uint64_t kernel_split(uint64_t key, uint64_t number) {
  const uint64_t purpose = 0x73706c6974206b79u; /* "split ky": a stream that no count of steps arrives at */
  const philox_block block = philox(key, number, purpose);
  return (uint64_t)block.word[1] << 32 | block.word[0];
}

KERNEL_CLONES static void uniform_tile(float out[DRAWN], uint64_t key, uint64_t block, uint64_t stream) {
  uint32_t words[4][BLOCKS];
  philox_words(words, key, block, stream);
  VECTOR_LOOP for (uint32_t b = 0; b < BLOCKS; b++) {
    out[4 * b] = unit(words[0][b]);
    out[4 * b + 1] = unit(words[1][b]);
    out[4 * b + 2] = unit(words[2][b]);
    out[4 * b + 3] = unit(words[3][b]);
  }
}

/* Box and Muller: from two words the numbers r cos t and r sin t, r = sqrt(-2 log u), t = 2 pi v. With four t's quarter
 * turns split into the nearest whole number and the rest, which is exact, the rest gives sine and cosine, and the
 * number of quarters says which is which and with what sign. */
INLINE void box_muller(float *first, float *second, uint32_t word_u, uint32_t word_v) {
  const float radius = __builtin_sqrtf(-2.0f * logarithm(positive_unit(word_u)));
  const uint32_t turn = word_v >> 8;
  const uint32_t quarters = (turn + (1u << 21)) >> 22;
  const float rest = (float)((int32_t)turn - (int32_t)(quarters << 22)) * 0x1p-22f;
  const float sine = sine_of_quarters(rest), cosine = cosine_of_quarters(rest);
  const float c = quarters & 1 ? sine : cosine, s = quarters & 1 ? cosine : sine;
  *first = radius * ((quarters + 1) & 2 ? -c : c);
  *second = radius * (quarters & 2 ? -s : s);
}

KERNEL_CLONES static void normal_tile(float out[DRAWN], uint64_t key, uint64_t block, uint64_t stream) {
  uint32_t words[4][BLOCKS];
  float normal[4][BLOCKS];
  philox_words(words, key, block, stream);
  VECTOR_LOOP for (uint32_t b = 0; b < BLOCKS; b++) {
    box_muller(&normal[0][b], &normal[1][b], words[0][b], words[1][b]);
    box_muller(&normal[2][b], &normal[3][b], words[2][b], words[3][b]);
  }
  VECTOR_LOOP for (uint32_t b = 0; b < BLOCKS; b++) {
    out[4 * b] = normal[0][b];
    out[4 * b + 1] = normal[1][b];
    out[4 * b + 2] = normal[2][b];
    out[4 * b + 3] = normal[3][b];
  }
}

/* Whole tiles go straight to memory, the last one through a buffer. */
#define FILL(tile)                                                             \
  size_t i = 0;                                                                \
  for (; i + DRAWN <= count; i += DRAWN) tile(out + i, key, i / 4, stream);    \
  if (i == count) return;                                                      \
  float end[DRAWN];                                                            \
  tile(end, key, i / 4, stream);                                               \
  memcpy(out + i, end, (count - i) * sizeof(float))

void kernel_uniform(float *out, size_t count, uint64_t key, uint64_t stream) { FILL(uniform_tile); }

void kernel_normal(float *out, size_t count, uint64_t key, uint64_t stream) { FILL(normal_tile); }
