import { z } from 'zod';
import { defineQuery, OPERATOR } from '../define-message.js';
import { instant, subjectRef } from '../vocabulary.js';
import { operatorAccount } from './dead-letters.js';

const kekId = z.string().min(1).max(128);
const MOST_REWRAPPED = 1000;

const about = { owner: 'privacy', askedBy: [OPERATOR] } as const;

export const PersonKeysStatusV1 = defineQuery({
  ...about,
  name: 'PersonKeysStatusV1',
  subject: 'qry.privacy.person-keys.status.v1',
  summary: 'How many keys of persons are wrapped under which key-encryption key.',
  payload: z.strictObject({}),
  reply: z.strictObject({
    active: kekId,
    keks: z.array(z.strictObject({ kekId, keyCount: z.int().nonnegative() })),
    destroyedCount: z.int().nonnegative(),
  }),
});

export const RewrapPersonKeysV1 = defineQuery({
  ...about,
  name: 'RewrapPersonKeysV1',
  subject: 'qry.privacy.person-keys.rewrap.v1',
  summary: 'Wraps the next keys of persons that are under this key-encryption key under the active one.',
  payload: z.strictObject({
    kekId,
    /** Where the last answer ended; keys that do not open are passed over and not tried again. */
    after: z.uuid().optional(),
    limit: z.int().min(1).max(MOST_REWRAPPED),
  }),
  reply: z.strictObject({
    rewrapped: z.int().nonnegative(),
    /** Did not open: privacy's log names them. */
    unreadable: z.int().nonnegative(),
    /** There may be more behind it. */
    next: z.uuid().optional(),
  }),
});

export const DestroyPersonKeyV1 = defineQuery({
  ...about,
  name: 'DestroyPersonKeyV1',
  subject: 'qry.privacy.person-keys.destroy.v1',
  summary: 'Destroys the key of a person, and with it every sealed value of hers; the audit log hears of it.',
  payload: z.strictObject({ subjectRef, caseId: z.uuid().optional(), requestedBy: operatorAccount }),
  reply: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('destroyed'), keyId: z.uuid(), destroyedAt: instant }),
    z.strictObject({ kind: z.literal('missing') }),
  ]),
});
