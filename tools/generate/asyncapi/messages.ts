import type { EventContract, QueryContract } from '@absah/contracts';
import { z } from 'zod';

interface Message {
  readonly name: string;
  readonly summary: string;
  readonly payload: object;
  readonly traits?: readonly { readonly $ref: string }[];
}

export function eventMessages(events: readonly EventContract[]): Record<string, Message> {
  const traits = [{ $ref: '#/components/messageTraits/Envelope' }];
  return Object.fromEntries(
    events.map(({ name, summary, payload }) => [
      name,
      { name, summary, payload: jsonSchema(payload), traits },
    ]),
  );
}

export function queryMessages(queries: readonly QueryContract[]): Record<string, Message> {
  return Object.fromEntries(queries.flatMap((query) => [asked(query), answered(query)]));
}

function asked({ name, summary, payload }: QueryContract): [string, Message] {
  return [name, { name, summary, payload: jsonSchema(payload) }];
}

function answered({ name, reply }: QueryContract): [string, Message] {
  const replyName = `${name}Reply`;
  return [replyName, { name: replyName, summary: `Answer to ${name}`, payload: jsonSchema(reply) }];
}

/** AsyncAPI's own schema dialect is a superset of draft 7. */
function jsonSchema(schema: z.ZodType): object {
  const { $schema: _, ...described } = z.toJSONSchema(schema, { target: 'draft-7' });
  return described;
}
