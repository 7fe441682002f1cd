/** Trouble of the whole registry, whoever is asked about; conditions script single people. */
export type Fault =
  /** Nobody answers, connections stay open. */
  | { readonly kind: 'hang' }
  /** Every connection is cut before an answer. */
  | { readonly kind: 'refuse' }
  /** 503 with a Retry-After. */
  | { readonly kind: 'busy' }
  /** Right answers, late. */
  | { readonly kind: 'slow'; readonly delayMs: number };
