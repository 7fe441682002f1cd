import type { Refusals } from './refusal.js';

/** Said of what was sent: its parts, the person, the picture and the burst. */
export const CONTENT_REFUSALS = {
  'INTAKE.IMAGE_TOO_LARGE': {
    kind: 'invalid',
    httpStatus: 413,
    title: 'The part "image" has too many bytes.',
    nextStep: 'Send a smaller picture: 1280 pixels on the longer side are plenty.',
  },
  'INTAKE.BURST_TOO_LARGE': {
    kind: 'invalid',
    httpStatus: 413,
    title: 'The parts "frame" have too many bytes together.',
    nextStep: 'Send fewer or smaller frames: 640 pixels on the longer side are plenty.',
  },
  'INTAKE.TOO_MANY_FRAMES': {
    kind: 'invalid',
    httpStatus: 413,
    title: 'There are too many parts "frame".',
    nextStep: 'Send at most as many frames as the challenge says.',
  },
  'INTAKE.REQUEST_TOO_LARGE': {
    kind: 'invalid',
    httpStatus: 413,
    title: 'The part "request" has too many bytes.',
    nextStep: 'Send only the documented fields.',
  },
  'INTAKE.MULTIPART_MALFORMED': {
    kind: 'invalid',
    title: 'The multipart body is broken or incomplete.',
    nextStep: 'Check the boundary and send the whole body again.',
  },
  'INTAKE.PART_MISSING': {
    kind: 'invalid',
    title: 'A required part is missing.',
    nextStep: 'Send exactly one part "image" and one part "request".',
  },
  'INTAKE.PART_REPEATED': {
    kind: 'invalid',
    title: 'A part was sent more than once.',
    nextStep: 'Send exactly one part "image" and one part "request".',
  },
  'INTAKE.PART_UNKNOWN': {
    kind: 'invalid',
    title: 'There is a part that this API does not know.',
    nextStep: 'Send one part "image", one part "request", and for a burst the parts "frame".',
  },
  'INTAKE.JSON_MALFORMED': {
    kind: 'invalid',
    title: 'The part "request" is not JSON.',
    nextStep: 'Send a JSON object in UTF-8.',
  },
  'INTAKE.REQUEST_INVALID': {
    kind: 'invalid',
    title: 'The part "request" does not have the documented shape.',
    nextStep: 'Correct the listed fields.',
  },
  'INTAKE.NIK_MALFORMED': {
    kind: 'invalid',
    httpStatus: 422,
    title: 'The NIK is not a possible NIK.',
    nextStep: 'Ask the person to read the 16 digits on the KTP-el again.',
  },
  'INTAKE.MSISDN_MALFORMED': {
    kind: 'invalid',
    httpStatus: 422,
    title: 'The MSISDN is not an Indonesian mobile number.',
    nextStep: 'Send it as 08…, 628… or +628…, digits only.',
  },
  'INTAKE.CONSENT_MISSING': {
    kind: 'invalid',
    httpStatus: 422,
    title: 'There is no consent.',
    nextStep: 'Ask for consent before taking the picture and send it in the field "consent".',
  },
  'INTAKE.CONSENT_INVALID': {
    kind: 'invalid',
    httpStatus: 422,
    title: 'The consent does not cover this request.',
    nextStep: 'Send purpose, version and the time before the capture at which the person agreed.',
  },
  'INTAKE.IMAGE_EMPTY': {
    kind: 'invalid',
    httpStatus: 422,
    title: 'The part "image" is empty.',
    nextStep: 'Send the bytes of the picture.',
  },
  'INTAKE.IMAGE_TYPE_UNSUPPORTED': {
    kind: 'invalid',
    httpStatus: 415,
    title: 'The part "image" is not a JPEG, PNG or WebP, whatever its name says.',
    nextStep: 'Send a JPEG, PNG or WebP.',
  },
  'INTAKE.IMAGE_CODING_UNSUPPORTED': {
    kind: 'invalid',
    httpStatus: 415,
    title: 'The picture is animated, or coded in a way that cameras do not use.',
    nextStep: 'Send one still picture as an ordinary JPEG, PNG or WebP.',
  },
  'INTAKE.IMAGE_HEADER_MALFORMED': {
    kind: 'invalid',
    httpStatus: 422,
    title: 'The header of the picture is broken or cut off.',
    nextStep: 'Take and send the picture again.',
  },
  'INTAKE.IMAGE_TOO_SMALL': {
    kind: 'invalid',
    httpStatus: 422,
    title: 'The picture has too few pixels to show a face.',
    nextStep: 'Send at least 640 pixels on the shorter side.',
  },
  'INTAKE.IMAGE_TOO_MANY_PIXELS': {
    kind: 'invalid',
    httpStatus: 422,
    title: 'The picture has too many pixels.',
    nextStep: 'Send a smaller picture: 1280 pixels on the longer side are plenty.',
  },
  'INTAKE.FRAME_UNUSABLE': {
    kind: 'invalid',
    httpStatus: 422,
    title: 'A part "frame" is not a JPEG or WebP of usable size.',
    nextStep: 'Record the frames as JPEG or WebP of 640 to 1280 pixels on the longer side.',
  },
  'INTAKE.FRAMES_MISSING': {
    kind: 'invalid',
    httpStatus: 422,
    title: 'A challenge or frame times came without a part "frame".',
    nextStep: 'Send the frames that answer the challenge, in the order in which they were taken.',
  },
  'INTAKE.FRAME_TIMES_INVALID': {
    kind: 'invalid',
    httpStatus: 422,
    title: 'The field "frameTimes" does not hold one later time for each frame.',
    nextStep: 'Send for each frame the milliseconds since the challenge was shown, ascending.',
  },
} as const satisfies Refusals;
