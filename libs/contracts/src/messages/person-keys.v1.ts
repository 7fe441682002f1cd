import { z } from 'zod';
import { defineQuery } from '../define-message.js';
import { subjectRef } from '../vocabulary.js';

/** The keys of one call: those of a batch of feedback rows fit in. */
const MOST_KEYS = 1000;

/** 16 random bytes, base64url. The reply is sealed for this question: an earlier one does not answer it. */
const nonce = z.string().regex(/^[A-Za-z0-9_-]{22}$/);

/** Every query has one asker, so that the reply can be sealed to whoever asks, and the broker sees no key. */
const reply = z.strictObject({ sealed: z.string().regex(/^[A-Za-z0-9_-]+$/) });

const bySubject = z.strictObject({ nonce, subjectRefs: z.array(subjectRef).max(MOST_KEYS) });
const byId = z.strictObject({ nonce, keyIds: z.array(z.uuid()).max(MOST_KEYS) });

export const IdentityKeysOfSubjectsV1 = defineQuery({
  name: 'IdentityKeysOfSubjectsV1',
  owner: 'privacy',
  subject: 'qry.privacy.identity-keys.of-subjects.v1',
  summary: 'The keys under which NIK and MSISDN of these persons are sealed, made on first use.',
  askedBy: ['capture-intake'],
  payload: bySubject,
  reply,
});

export const TemplateKeysOfSubjectsV1 = defineQuery({
  name: 'TemplateKeysOfSubjectsV1',
  owner: 'privacy',
  subject: 'qry.privacy.template-keys.of-subjects.v1',
  summary: 'The keys under which templates of these persons are sealed, made on first use.',
  askedBy: ['template-extraction'],
  payload: bySubject,
  reply,
});

export const ComparisonKeysByIdV1 = defineQuery({
  name: 'ComparisonKeysByIdV1',
  owner: 'privacy',
  subject: 'qry.privacy.comparison-keys.by-id.v1',
  summary: 'The keys that open NIK and template, for the one service that has them compared.',
  askedBy: ['ikd-gateway'],
  payload: byId,
  reply,
});

export const IdentityKeysByIdV1 = defineQuery({
  name: 'IdentityKeysByIdV1',
  owner: 'privacy',
  subject: 'qry.privacy.identity-keys.by-id.v1',
  summary: 'The keys that open NIK and MSISDN, for the service that reports them to the registry.',
  askedBy: ['data-balikan'],
  payload: byId,
  reply,
});
