import { SERVICE_NAMES } from '@absah/contracts';
import { z } from 'zod';
import { VISIT_KINDS } from './visit-kinds.js';

const SERVICES = ['dukcapil-sandbox', ...SERVICE_NAMES] as const;
const PARTS = ['nats', 'postgres', ...SERVICES] as const;

/** Everything that runs: services, broker, database server. */
export type PartName = (typeof PARTS)[number];

const milliseconds = z.int().nonnegative();

const fault = z.discriminatedUnion('kind', [
  /** SIGKILL; started again after `downMs`. */
  z.strictObject({ kind: z.literal('kill'), part: z.enum(PARTS), downMs: milliseconds }),
  /** The broker, killed, comes back without anything that it stored: not what these, which are down, did not take. */
  z.strictObject({
    kind: z.literal('lose-store'),
    part: z.literal('nats'),
    behind: z.array(z.enum(SERVICES)),
    downMs: milliseconds,
  }),
  /** SIGSTOP; SIGCONT after `downMs`. */
  z.strictObject({ kind: z.literal('pause'), part: z.enum(PARTS), downMs: milliseconds }),
  /** The registry runs and does not answer, or breaks every connection. */
  z.strictObject({
    kind: z.enum(['hang', 'refuse']),
    part: z.literal('dukcapil-sandbox'),
    downMs: milliseconds,
  }),
]);
export type Fault = z.infer<typeof fault>;

const plannedFault = z.strictObject({ atMs: milliseconds, fault });
export type PlannedFault = z.infer<typeof plannedFault>;

const plannedVisit = z.strictObject({
  atMs: milliseconds,
  kind: z.enum(VISIT_KINDS),
  /** Who comes: people with one number are one person, who comes again. */
  person: z.int().nonnegative(),
  /** The client waits in the request for the decision, instead of asking for it again and again. */
  waits: z.boolean(),
});
export type PlannedVisit = z.infer<typeof plannedVisit>;

/** All that is left to chance in a run. Holds nobody's data: people get their numbers when it starts. */
export const chaosPlan = z.strictObject({
  format: z.literal('absah-chaos-plan/1'),
  seed: z.int().nonnegative(),
  rounds: z.int().nonnegative(),
  /** People come at least until then, and longer when the faults take longer than planned. */
  lastsMs: milliseconds,
  visits: z.array(plannedVisit),
  faults: z.array(plannedFault),
});
export type ChaosPlan = z.infer<typeof chaosPlan>;

export const ALL_SERVICES: readonly (typeof SERVICES)[number][] = SERVICES;
