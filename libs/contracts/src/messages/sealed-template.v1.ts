import { z } from 'zod';
import { defineQuery } from '../define-message.js';

export const SealedTemplateV1 = defineQuery({
  name: 'SealedTemplateV1',
  owner: 'template-extraction',
  subject: 'qry.template.face.sealed.v1',
  summary: 'The sealed template of a case, for the one service that compares it at the registry.',
  askedBy: ['ikd-gateway'],
  payload: z.strictObject({ templateId: z.uuid() }),
  reply: z.discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('found'),
      /** Envelope bytes in base64; only ikd-gateway holds the key. */
      sealed: z.base64(),
      modelChain: z.string(),
    }),
    z.strictObject({ kind: z.literal('missing') }),
  ]),
});
