/** What an integrator can script for one NIK. */
export const CONDITIONS = [
  'none',
  'unprocessable',
  'deceased',
  'double',
  'inactive',
  'quota-used-up',
  'outside-hours',
  'busy',
  'hang',
  'outage',
] as const;

export type Condition = (typeof CONDITIONS)[number];

/** What the registry does with a question about a person in this condition. */
export type Behaviour =
  | { readonly kind: 'compare' }
  /** About the person: the same transaction gets it again, even after the condition is lifted. */
  | { readonly kind: 'refuse'; readonly code: '08' | '11' | '12' | '14' }
  /** About the moment: the next try may fare better. */
  | { readonly kind: 'put-off'; readonly code: '05' | '06' | '5000' }
  | { readonly kind: 'keep-waiting' }
  | { readonly kind: 'hang-up' };

const BEHAVIOUR: Readonly<Record<Condition, Behaviour>> = {
  none: { kind: 'compare' },
  unprocessable: { kind: 'refuse', code: '08' },
  deceased: { kind: 'refuse', code: '11' },
  double: { kind: 'refuse', code: '12' },
  inactive: { kind: 'refuse', code: '14' },
  'quota-used-up': { kind: 'put-off', code: '05' },
  'outside-hours': { kind: 'put-off', code: '06' },
  busy: { kind: 'put-off', code: '5000' },
  hang: { kind: 'keep-waiting' },
  outage: { kind: 'hang-up' },
};

export function behaviourIn(condition: Condition): Behaviour {
  return BEHAVIOUR[condition];
}
