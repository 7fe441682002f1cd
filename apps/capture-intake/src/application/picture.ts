import { probeImage, type ImageMediaType, type ImageRejection } from '@absah/biometrics';
import { refusal, type RefusalCode } from '../domain/errors.js';

export interface Picture {
  readonly bytes: Uint8Array;
  readonly mediaType: ImageMediaType;
}

const REFUSED_AS: Readonly<Record<ImageRejection, RefusalCode>> = {
  'image-empty': 'INTAKE.IMAGE_EMPTY',
  'image-too-many-bytes': 'INTAKE.IMAGE_TOO_LARGE',
  'image-type-unknown': 'INTAKE.IMAGE_TYPE_UNSUPPORTED',
  'image-header-malformed': 'INTAKE.IMAGE_HEADER_MALFORMED',
  'image-coding-unsupported': 'INTAKE.IMAGE_CODING_UNSUPPORTED',
  'image-animated': 'INTAKE.IMAGE_CODING_UNSUPPORTED',
  'image-too-small': 'INTAKE.IMAGE_TOO_SMALL',
  'image-too-large': 'INTAKE.IMAGE_TOO_MANY_PIXELS',
};

/** Looks at the structure only: this service never decodes a picture, and so cannot be made to. */
export function readPicture(bytes: Uint8Array): Picture {
  const probe = probeImage(bytes);
  if (probe.kind === 'rejected') throw refusal(REFUSED_AS[probe.code]);
  return { bytes, mediaType: probe.header.mediaType };
}
