export const CONTESTANTS = ['absah', 'face-api', 'human'] as const;
export type ContestantName = (typeof CONTESTANTS)[number];

export interface ToContestant {
  readonly path: string;
}

export interface Described {
  readonly kind: 'described';
  readonly wallMs: number;
  readonly cpuMs: number;
  /** Absent when no face was found. */
  readonly descriptor?: Float32Array;
}

/** One answer for each request, in turn. */
export type FromContestant =
  | { readonly kind: 'ready'; readonly about: string }
  | Described
  | { readonly kind: 'failed'; readonly message: string };
