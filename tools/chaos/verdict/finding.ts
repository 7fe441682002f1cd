export type FindingKind =
  | 'lost'
  | 'doubled'
  | 'overCap'
  | 'approvedWithoutMatch'
  | 'refusedWrongly'
  | 'unanswered'
  | 'imagesLeft'
  | 'deadLetters'
  | 'plaintext'
  /** What this run cannot say anything about. */
  | 'unsearched';

/** Something that may not be. */
export interface Finding {
  readonly kind: FindingKind;
  /** In words, for whoever has to look for the reason. */
  readonly what: string;
  /** Of cases, requests, messages or people's pseudonyms. */
  readonly ids: readonly string[];
}

/** Nothing, when there is nobody to name. */
export function findingOf(kind: FindingKind, what: string, ids: Iterable<string>): readonly Finding[] {
  const named = [...new Set(ids)].sort();
  return named.length === 0 ? [] : [{ kind, what, ids: named }];
}

export function missing(expected: Iterable<string>, actual: Iterable<string>): readonly string[] {
  const there = new Set(actual);
  return [...expected].filter((id) => !there.has(id));
}

/** Those that are there more than once. */
export function repeated(ids: Iterable<string>): readonly string[] {
  const seen = new Set<string>();
  return [...ids].filter((id) => seen.has(id) || !seen.add(id));
}
