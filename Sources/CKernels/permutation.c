/* Random permutations: Fisher and Yates with words of a Philox stream taken in order. */
#include "include/CKernels.h"
#include "philox.h"

typedef struct {
  uint64_t key, stream, next_block;
  uint32_t words[4][BLOCKS];
  uint32_t used;
} word_source;

KERNEL_CLONES static void draw_words(uint32_t words[4][BLOCKS], uint64_t key, uint64_t first, uint64_t stream) {
  philox_words(words, key, first, stream);
}

static uint32_t next_word(word_source *source) {
  if (source->used == DRAWN) {
    draw_words(source->words, source->key, source->next_block, source->stream);
    source->next_block += BLOCKS;
    source->used = 0;
  }
  const uint32_t i = source->used++;
  return source->words[i % 4][i / 4];
}

/* A whole number below `bound`, each equally likely: the high half of word x bound, drawn again where the low half
 * falls among the 2^32 mod bound values that would favour some results (Lemire 2019). */
static uint32_t next_below(word_source *source, uint32_t bound) {
  uint64_t product = (uint64_t)next_word(source) * bound;
  if ((uint32_t)product < bound) {
    const uint32_t favoured = -bound % bound;
    while ((uint32_t)product < favoured) product = (uint64_t)next_word(source) * bound;
  }
  return (uint32_t)(product >> 32);
}

void kernel_permutation(int32_t *out, size_t count, uint64_t key, uint64_t stream) {
  word_source source = {.key = key, .stream = stream, .next_block = 0, .used = DRAWN};
  for (size_t i = 0; i < count; i++) out[i] = (int32_t)i;
  for (size_t i = count; i > 1; i--) {
    const uint32_t j = next_below(&source, (uint32_t)i);
    const int32_t last = out[i - 1];
    out[i - 1] = out[j];
    out[j] = last;
  }
}

void kernel_permutation_float(float *out, int32_t *scratch, size_t count, uint64_t key, uint64_t stream) {
  kernel_permutation(scratch, count, key, stream);
  for (size_t i = 0; i < count; i++) out[i] = (float)scratch[i];
}
