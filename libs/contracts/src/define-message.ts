import type { z } from 'zod';

export const SERVICE_NAMES = [
  'capture-intake',
  'liveness',
  'template-extraction',
  'ikd-gateway',
  'quota-ledger',
  'data-balikan',
  'privacy',
  'audit',
] as const;

export type ServiceName = (typeof SERVICE_NAMES)[number];

/** The person at the command line, with a broker user of its own that may ask and nothing else. */
export const OPERATOR = 'operator';

export type Asker = ServiceName | typeof OPERATOR;

/** `evt.<context>.<thing>.<happened>.v<n>`, past tense: a fact that its owner recorded. */
export interface EventContract<Schema extends z.ZodType = z.ZodType> {
  readonly kind: 'event';
  /** Name and version, as the generated documentation lists it. */
  readonly name: string;
  /** The only service that publishes it. */
  readonly owner: ServiceName;
  readonly subject: `evt.${string}`;
  readonly summary: string;
  readonly payload: Schema;
}

/** `qry.<context>.<thing>.<aspect>.v<n>`: asked over request/reply and answered by its owner now. */
export interface QueryContract<Request extends z.ZodType = z.ZodType, Reply extends z.ZodType = z.ZodType> {
  readonly kind: 'query';
  readonly name: string;
  /** The only service that answers it. */
  readonly owner: ServiceName;
  readonly subject: `qry.${string}`;
  readonly summary: string;
  readonly payload: Request;
  readonly reply: Reply;
  /** Who may ask: the broker's permissions are made from it. */
  readonly askedBy: readonly Asker[];
}

/** How names of contracts begin that every service has one of. */
export function inPascalCase(service: ServiceName): string {
  return service.replace(/(?:^|-)([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

export type PayloadOf<Contract extends { payload: z.ZodType }> = z.infer<Contract['payload']>;
export type ReplyOf<Contract extends { reply: z.ZodType }> = z.infer<Contract['reply']>;

export function defineEvent<Schema extends z.ZodType>(
  contract: Omit<EventContract<Schema>, 'kind'>,
): EventContract<Schema> {
  return Object.freeze({ kind: 'event' as const, ...contract });
}

export function defineQuery<Request extends z.ZodType, Reply extends z.ZodType>(
  contract: Omit<QueryContract<Request, Reply>, 'kind'>,
): QueryContract<Request, Reply> {
  return Object.freeze({ kind: 'query' as const, ...contract });
}
