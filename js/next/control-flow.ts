const digestOf = (error: unknown): string => {
  const { digest } = (error ?? {}) as { digest?: unknown };
  return typeof digest === 'string' ? digest : '';
};

/** What `redirect()` of Next.js throws. */
export const isRedirect = (error: unknown): boolean => digestOf(error).startsWith('NEXT_REDIRECT');

/** What `notFound()` of Next.js throws, `NEXT_NOT_FOUND` before version 15. */
export const isNotFound = (error: unknown): boolean =>
  digestOf(error) === 'NEXT_NOT_FOUND' || digestOf(error) === 'NEXT_HTTP_ERROR_FALLBACK;404';

/** What is thrown in order to go elsewhere, and is no failure. */
export const isControlFlow = (error: unknown): boolean =>
  isRedirect(error) || digestOf(error).startsWith('NEXT_HTTP_ERROR_FALLBACK') || isNotFound(error);
