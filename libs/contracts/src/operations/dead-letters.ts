import { z } from 'zod';
import {
  defineEvent,
  defineQuery,
  inPascalCase,
  OPERATOR,
  SERVICE_NAMES,
  type EventContract,
  type ServiceName,
} from '../define-message.js';
import { instant } from '../vocabulary.js';

/** Whoever is at the keyboard, as the audit log names them: an account, never a person's full name. */
export const operatorAccount = z.string().regex(/^[a-z0-9][a-z0-9._-]{0,31}$/);

/** One message that its service could not handle. Nothing in it names a person. */
const deadLetterSummary = z.strictObject({
  id: z.uuid(),
  /** The durable consumer that buried it. */
  consumer: z.string(),
  subject: z.string(),
  messageId: z.string(),
  /** The case, where the message belongs to one. */
  correlationId: z.string().optional(),
  deliveries: z.int().nonnegative(),
  code: z.string(),
  reason: z.string(),
  buriedAt: instant,
});
export type DeadLetterSummary = z.infer<typeof deadLetterSummary>;

/** The fields as the contract has them, sealed values named but not shown; or why they cannot be told. */
const shownPayload = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('fields'), fields: z.record(z.string(), z.unknown()) }),
  z.strictObject({ kind: z.literal('unreadable'), byteLength: z.int().nonnegative(), sha256: z.string() }),
]);
export type ShownPayload = z.infer<typeof shownPayload>;

const replayOutcome = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('missing') }),
  z.strictObject({ kind: z.literal('handled') }),
  z.strictObject({ kind: z.literal('failed'), code: z.string(), reason: z.string() }),
]);
export type ReplayOutcome = z.infer<typeof replayOutcome>;

const byId = z.strictObject({ id: z.uuid() });
const MOST_LISTED = 500;

function queriesOf(owner: ServiceName) {
  const about = { owner, askedBy: [OPERATOR] } as const;
  const name = inPascalCase(owner);
  return {
    list: defineQuery({
      ...about,
      name: `${name}DeadLettersV1`,
      subject: `qry.${owner}.dead-letters.list.v1`,
      summary: `The messages that ${owner} could not handle, oldest first.`,
      payload: z.strictObject({
        limit: z.int().min(1).max(MOST_LISTED),
        /** Only those that went wrong so. */
        code: z.string().optional(),
        /** Only those listed behind this one, which need not exist any more. */
        after: z.uuid().optional(),
      }),
      reply: z.strictObject({
        letters: z.array(deadLetterSummary),
        /** Of that code, listed in this reply or not. */
        total: z.int().nonnegative(),
      }),
    }),
    show: defineQuery({
      ...about,
      name: `${name}DeadLetterV1`,
      subject: `qry.${owner}.dead-letters.show.v1`,
      summary: `One message that ${owner} could not handle, without personal data.`,
      payload: byId,
      reply: z.discriminatedUnion('kind', [
        z.strictObject({ kind: z.literal('missing') }),
        z.strictObject({ kind: z.literal('found'), letter: deadLetterSummary, payload: shownPayload }),
      ]),
    }),
    replay: defineQuery({
      ...about,
      name: `${name}ReplayDeadLetterV1`,
      subject: `qry.${owner}.dead-letters.replay.v1`,
      summary: `Hands a dead letter to its handler in ${owner} once more; the audit log hears of it.`,
      payload: byId.extend({ requestedBy: operatorAccount }),
      reply: replayOutcome,
    }),
  };
}

function replayedBy(owner: ServiceName) {
  return defineEvent({
    name: `${inPascalCase(owner)}DeadLetterReplayedV1`,
    owner,
    subject: `evt.${owner}.dead-letter.replayed.v1`,
    summary: `A person had ${owner} handle a dead letter once more.`,
    payload: z.strictObject({
      letterId: z.uuid(),
      consumer: z.string().max(200),
      messageId: z.string().max(128),
      caseId: z.uuid().optional(),
      requestedBy: operatorAccount,
      outcome: z.enum(['handled', 'failed']),
      /** Why it failed once more. */
      code: z.string().optional(),
    }),
  });
}

/** Each service answers for its own dead letters: they rest in its database. */
export const DEAD_LETTERS = byService(queriesOf);

export const DEAD_LETTER_REPLAYED = byService(replayedBy);

export const DEAD_LETTER_REPLAYS: readonly EventContract[] = Object.values(DEAD_LETTER_REPLAYED);

function byService<T>(make: (service: ServiceName) => T): Readonly<Record<ServiceName, T>> {
  return Object.fromEntries(SERVICE_NAMES.map((service) => [service, make(service)])) as Record<
    ServiceName,
    T
  >;
}
