import type { Advice } from '../quality/quality-reason.js';

interface Refusal {
  /** `retry`: something the person can do better. `attack`: something that does not happen to a person before
   *  a camera. */
  readonly kind: 'retry' | 'attack';
  /** What the person can do. That of attacks does not accuse, since the judgement may be wrong, and does not
   *  tell what gave them away. */
  readonly advice: Advice;
}

export type BurstReason = keyof typeof burstRefusals;

export const burstRefusals = {
  'too-few-frames': {
    kind: 'retry',
    advice: {
      id: 'Rekaman terlalu pendek atau terputus. Ulangi dan tunggu sampai selesai.',
      en: 'The recording was too short or had gaps. Try again and wait until it ends.',
    },
  },
  'too-many-frames': {
    kind: 'retry',
    advice: {
      id: 'Rekaman terlalu panjang. Perbarui aplikasi, lalu ulangi.',
      en: 'The recording was too long. Update the app, then try again.',
    },
  },
  'face-lost': {
    kind: 'retry',
    advice: {
      id: 'Jaga agar seluruh wajah Anda tetap terlihat selama perekaman.',
      en: 'Keep your whole face in view during the recording.',
    },
  },
  'two-faces': {
    kind: 'retry',
    advice: {
      id: 'Pastikan hanya Anda yang terlihat di kamera.',
      en: 'Make sure that nobody but you is in the picture.',
    },
  },
  'too-slow': {
    kind: 'retry',
    advice: {
      id: 'Waktu habis. Ulangi dan ikuti petunjuk tanpa menunggu.',
      en: 'Time ran out. Try again and follow the instructions without waiting.',
    },
  },
  'too-fast': {
    kind: 'retry',
    advice: {
      id: 'Lakukan setiap gerakan dengan lebih perlahan.',
      en: 'Make each movement more slowly.',
    },
  },
  'wrong-movement': {
    kind: 'retry',
    advice: {
      id: 'Ikuti gerakan satu per satu sesuai urutan, dengan jelas, dan kembali menghadap kamera setelah setiap gerakan.',
      en: 'Make the movements one by one in the order shown, clearly, and look back into the camera after each.',
    },
  },
  'colours-not-seen': {
    kind: 'retry',
    advice: {
      id: 'Cahaya di sekitar terlalu terang. Pindah ke tempat yang lebih redup, terangkan layar, dan dekatkan wajah.',
      en: 'It is too bright around you. Move to a dimmer place, turn up the screen and come closer.',
    },
  },
  shuffled: {
    kind: 'attack',
    advice: {
      id: 'Rekaman tidak dapat diterima. Ulangi dengan merekam langsung dari kamera.',
      en: 'The recording cannot be accepted. Try again, recording straight from the camera.',
    },
  },
  'still-picture': {
    kind: 'attack',
    advice: {
      id: 'Rekaman tidak dapat diterima. Ulangi dengan wajah Anda langsung di depan kamera.',
      en: 'The recording cannot be accepted. Try again with your own face before the camera.',
    },
  },
  'another-person': {
    kind: 'attack',
    advice: {
      id: 'Rekaman tidak dapat diterima. Hanya satu orang yang boleh direkam, dari awal sampai akhir.',
      en: 'The recording cannot be accepted. One and the same person must be seen from start to end.',
    },
  },
  'another-scene': {
    kind: 'attack',
    advice: {
      id: 'Rekaman tidak dapat diterima. Tetaplah di tempat yang sama selama perekaman.',
      en: 'The recording cannot be accepted. Stay in one place during the recording.',
    },
  },
  'not-live': {
    kind: 'attack',
    advice: {
      id: 'Rekaman tidak dapat diterima. Ulangi di tempat yang terang dengan wajah Anda langsung di depan kamera.',
      en: 'The recording cannot be accepted. Try again in good light with your own face before the camera.',
    },
  },
  'wrong-colours': {
    kind: 'attack',
    advice: {
      id: 'Rekaman tidak dapat diterima. Ulangi dengan merekam langsung di depan layar ini.',
      en: 'The recording cannot be accepted. Try again, recording straight in front of this screen.',
    },
  },
} as const satisfies Readonly<Record<string, Refusal>>;

type ReasonOf<Kind extends Refusal['kind']> = {
  [Reason in BurstReason]: (typeof burstRefusals)[Reason]['kind'] extends Kind ? Reason : never;
}[BurstReason];

export type BurstSuspicion = ReasonOf<'attack'>;
export type BurstRetakeReason = ReasonOf<'retry'>;

export function isSuspicion(reason: BurstReason): reason is BurstSuspicion {
  return burstRefusals[reason].kind === 'attack';
}
