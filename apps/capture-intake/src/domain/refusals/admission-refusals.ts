import type { Refusals } from './refusal.js';

/** Said before anything of the body is looked at: who asks, how much there is to do, and which request it is. */
export const ADMISSION_REFUSALS = {
  'INTAKE.OPERATOR_UNAUTHENTICATED': {
    kind: 'denied',
    title: 'The API key is missing or unknown.',
    nextStep: 'Send a valid key in the header X-Api-Key.',
  },
  'INTAKE.MEDIA_TYPE_UNSUPPORTED': {
    kind: 'invalid',
    httpStatus: 415,
    title: 'The body is not multipart/form-data.',
    nextStep: 'Send multipart/form-data with the parts "image" and "request".',
  },
  'INTAKE.BODY_TOO_LARGE': {
    kind: 'invalid',
    httpStatus: 413,
    title: 'The body is larger than an image, a burst and a request may be.',
    nextStep: 'Send a smaller picture: 1280 pixels on the longer side are plenty.',
  },
  'INTAKE.BUSY': {
    kind: 'unavailable',
    title: 'Too many uploads are arriving at once.',
    nextStep: 'Send the same request again after the seconds in Retry-After.',
    retryAfterSeconds: 1,
  },
  'INTAKE.OVERLOADED': {
    kind: 'unavailable',
    title: 'More verifications are under way than can be decided in time.',
    nextStep: 'Send the same request again after the seconds in Retry-After.',
    retryAfterSeconds: [1, 4],
  },
  'INTAKE.TOO_MANY_CHALLENGES': {
    kind: 'unavailable',
    httpStatus: 429,
    title: 'Too many of your liveness challenges are open.',
    nextStep:
      'Ask for a challenge only when a person stands before the camera; open ones expire within a minute.',
    retryAfterSeconds: [5, 20],
  },
  'INTAKE.IDEMPOTENCY_KEY_MISSING': {
    kind: 'invalid',
    title: 'The header Idempotency-Key is missing.',
    nextStep: 'Send a new random value for each request, and the same one when you send a request again.',
  },
  'INTAKE.IDEMPOTENCY_KEY_MALFORMED': {
    kind: 'invalid',
    title: 'The header Idempotency-Key is no string of 1 to 255 visible ASCII characters.',
    nextStep: 'Send a random value such as a UUID.',
  },
  'INTAKE.IDEMPOTENCY_KEY_IN_FLIGHT': {
    kind: 'conflict',
    title: 'The first request with this Idempotency-Key is still being worked on.',
    nextStep: 'Send the same request again after the seconds in Retry-After.',
    retryAfterSeconds: 1,
  },
  'INTAKE.IDEMPOTENCY_KEY_REUSED': {
    kind: 'invalid',
    httpStatus: 422,
    title: 'This Idempotency-Key was used with other content.',
    nextStep: 'Use a new key for what is not the same request.',
  },
} as const satisfies Refusals;
