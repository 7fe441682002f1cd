import type { OutcomeReason, VerificationStatus, VerificationView } from '@absah/contracts';
import type { Cast } from './cast.js';

/** One verification of the tour and what has to come of it. */
export interface Scene {
  readonly title: string;
  readonly nik: (cast: Cast) => string;
  readonly image: (cast: Cast) => Uint8Array;
  /** Frames that are sent as the answer to a liveness challenge. */
  readonly burst?: (cast: Cast) => readonly Uint8Array[];
  readonly expected: { readonly status: VerificationStatus; readonly reason?: OutcomeReason };
  /** Approved cases go on to a registered SIM, data balikan and the audit log. */
  readonly activate: boolean;
}

const herNik = (cast: Cast): string => cast.nik;
const herFace = (cast: Cast): Uint8Array => cast.capture;

export const SCENES: readonly Scene[] = [
  {
    title: 'Her NIK, her face in another photograph',
    nik: herNik,
    image: herFace,
    expected: { status: 'approved' },
    activate: true,
  },
  {
    title: "Her NIK, somebody else's face",
    nik: herNik,
    image: (cast) => cast.stranger,
    expected: { status: 'rejected', reason: 'face-mismatch' },
    activate: false,
  },
  {
    title: 'Her NIK, a blurred picture',
    nik: herNik,
    image: (cast) => cast.blurred,
    expected: { status: 'retake', reason: 'blurred' },
    activate: false,
  },
  {
    title: 'A challenge, and a photograph of her carried around',
    nik: herNik,
    image: herFace,
    burst: (cast) => cast.waved,
    expected: { status: 'rejected', reason: 'still-picture' },
    activate: false,
  },
  {
    title: 'A NIK that nobody has',
    nik: (cast) => cast.unknownNik,
    image: herFace,
    expected: { status: 'rejected', reason: 'nik-not-found' },
    activate: false,
  },
  {
    title: 'Her second SIM',
    nik: herNik,
    image: herFace,
    expected: { status: 'approved' },
    activate: true,
  },
  {
    title: 'Her third SIM',
    nik: herNik,
    image: herFace,
    expected: { status: 'approved' },
    activate: true,
  },
  {
    title: 'Her fourth SIM',
    nik: herNik,
    image: herFace,
    expected: { status: 'rejected', reason: 'quota-cap-reached' },
    activate: false,
  },
];

export function isAsExpected(scene: Scene, view: VerificationView): boolean {
  const { status, reason } = scene.expected;
  const reasonFits = reason ? view.reasons.some(({ code }) => code === reason) : view.reasons.length === 0;
  return view.status === status && reasonFits;
}
