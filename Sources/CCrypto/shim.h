/* SHA-256 only; the one-context functions are marked deprecated since OpenSSL 3 and are kept by it. */
#define OPENSSL_SUPPRESS_DEPRECATED
#include <openssl/sha.h>
