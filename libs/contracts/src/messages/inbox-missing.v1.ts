import { z } from 'zod';
import { defineQuery, inPascalCase, type ServiceName } from '../define-message.js';

/** Of one question: small beside what the broker carries, and one statement at either end. */
export const MOST_IDS_ASKED = 500;

/** The same question to every service that consumes: which of these messages did you not take? */
export function inboxMissingV1(owner: ServiceName, askedBy: readonly ServiceName[]) {
  return defineQuery({
    name: `${inPascalCase(owner)}InboxMissingV1`,
    owner,
    subject: `qry.${owner}.inbox.missing.v1`,
    summary: `Which of these messages ${owner} neither handled nor buried; their owner publishes them again.`,
    askedBy,
    payload: z.strictObject({
      event: z
        .string()
        .max(100)
        .meta({ description: 'Name and version of the contract that all of them follow' }),
      messageIds: z.array(z.uuid()).min(1).max(MOST_IDS_ASKED),
      settledBefore: z.uuid().meta({
        description:
          'What the asker announced before this id was confirmed by everybody and is never sent again',
      }),
    }),
    reply: z.strictObject({ missing: z.array(z.uuid()).max(MOST_IDS_ASKED) }),
  });
}

export type InboxMissingV1 = ReturnType<typeof inboxMissingV1>;
