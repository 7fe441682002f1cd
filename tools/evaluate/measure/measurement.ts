import type { FaceMeasures } from '@absah/biometrics';

/** What is kept of an image: everything that a report needs, and no pixels. */
export type Measurement =
  | { readonly kind: 'unreadable'; readonly code: string }
  | { readonly kind: 'no-face' }
  | {
      readonly kind: 'face';
      readonly singleFace: boolean;
      readonly quality: FaceMeasures;
      /** What the quality gate says; none when the face passes. */
      readonly reasons: readonly string[];
      readonly livenessScore: number;
      /** Only where faces are compared. */
      readonly embedding?: Float32Array;
    };

export type MeasuredFace = Extract<Measurement, { kind: 'face' }>;

/** Measures the bytes of one image; whatever they hold is a value. */
export type Observe = (image: Uint8Array) => Promise<Measurement>;
