export interface Picture {
  readonly bytes: Uint8Array;
  /** JPEG when left out. */
  readonly mediaType?: string;
}

export interface VerificationParts {
  /** What the part `request` says besides a consent given now, or instead of it. */
  readonly fields: Readonly<Record<string, unknown>>;
  readonly picture: Picture;
  /** Taken while a liveness challenge was shown. */
  readonly frames?: readonly Uint8Array[];
}

/** The body of `POST /v1/verifications`. */
export function verificationForm({ fields, picture, frames = [] }: VerificationParts): FormData {
  const consent = { purpose: 'sim-registration', version: '2026-07', givenAt: new Date().toISOString() };
  const request = JSON.stringify({ consent, ...fields });
  const form = new FormData();
  form.append('request', new Blob([request], { type: 'application/json' }));
  form.append('image', blobOf(picture), 'capture');
  for (const bytes of frames) form.append('frame', blobOf({ bytes }), 'frame.jpg');
  return form;
}

function blobOf({ bytes, mediaType = 'image/jpeg' }: Picture): Blob {
  return new Blob([new Uint8Array(bytes)], { type: mediaType });
}
