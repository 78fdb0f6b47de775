#include <cblas.h>

/* LAPACK's symmetric eigen-solver; Debian's libopenblas exports it without a header. */
void dsyevd_(
    const char *jobz, const char *uplo, const int *n, double *a, const int *lda, double *w, double *work,
    const int *lwork, int *iwork, const int *liwork, int *info);

/* LAPACK's Cholesky factorization with complete pivoting. */
void dpstrf_(
    const char *uplo, const int *n, double *a, const int *lda, int *piv, int *rank, const double *tol, double *work,
    int *info);
