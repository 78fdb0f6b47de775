/* Adam (Kingma and Ba 2015, algorithm 1), one pass over the parameters. */
#include "adam.h"
#include <math.h>

adam_terms adam_terms_of(const kernel_adam_rule *rule) {
  const double t = (double)rule->t;
  return (adam_terms){
      .size = (float)(rule->rate / (1 - pow(rule->beta1, t))),
      .root = (float)(1 / sqrt(1 - pow(rule->beta2, t))),
      .share1 = 1.0f - rule->beta1,
      .share2 = 1.0f - rule->beta2,
      .beta2 = rule->beta2,
      .epsilon = rule->epsilon};
}

KERNEL_CLONES static void adam_pass(
    float *values, const float *gradient, float *first, float *second, size_t count, const adam_terms *terms) {
  adam_run(values, gradient, first, second, count, terms);
}

void kernel_adam(
    float *values, const float *gradient, float *first, float *second, size_t count, const kernel_adam_rule *rule) {
  const adam_terms terms = adam_terms_of(rule);
  adam_pass(values, gradient, first, second, count, &terms);
}
