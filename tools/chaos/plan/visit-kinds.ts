/** What brings a person to the counter. Named by what should come of it on a day without faults. */
export const VISIT_KINDS = [
  'activated',
  'deactivated',
  'left-approved',
  'fourth-sim',
  'mismatch',
  'attack',
  'retake',
  'unknown-nik',
  'parked',
  'malformed',
] as const;

export type VisitKind = (typeof VISIT_KINDS)[number];

/** In hundredths of all visits. */
export const SHARES: Readonly<Record<VisitKind, number>> = {
  activated: 27,
  deactivated: 5,
  'left-approved': 8,
  'fourth-sim': 20,
  mismatch: 8,
  attack: 4,
  retake: 8,
  'unknown-nik': 8,
  parked: 7,
  malformed: 5,
};

/** Of these none may ever be approved, whatever is killed. */
export const NEVER_APPROVED: ReadonlySet<VisitKind> = new Set([
  'mismatch',
  'attack',
  'retake',
  'unknown-nik',
  'malformed',
]);
