import type { Advice } from '../quality/quality-reason.js';

/** Left and right are the person's own; see `turn-left` in the instructions. */
export const movements = ['turn-left', 'turn-right', 'look-up', 'nod', 'blink'] as const;

export type Movement = (typeof movements)[number];

/** What the app shows or reads out. Each ends in the resting pose, because the next one is measured from there. */
export const movementInstructions: Readonly<Record<Movement, Advice>> = {
  'turn-left': {
    id: 'Tolehkan kepala ke kiri Anda, lalu kembali menghadap kamera.',
    en: 'Turn your head to your left, then back to the camera.',
  },
  'turn-right': {
    id: 'Tolehkan kepala ke kanan Anda, lalu kembali menghadap kamera.',
    en: 'Turn your head to your right, then back to the camera.',
  },
  'look-up': {
    id: 'Angkat dagu ke atas, lalu kembali menghadap kamera.',
    en: 'Lift your chin, then look back into the camera.',
  },
  nod: {
    id: 'Tundukkan kepala, lalu kembali menghadap kamera.',
    en: 'Lower your head, then look back into the camera.',
  },
  blink: {
    id: 'Pejamkan kedua mata selama satu detik, lalu buka kembali.',
    en: 'Close both eyes for one second, then open them again.',
  },
};
