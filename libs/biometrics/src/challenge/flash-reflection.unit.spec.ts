import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { recorded, stance } from './acted-burst.js';
import type { FlashColour } from './flash-colour.js';
import { FLASH_MS, flashColours } from './flash-colour.js';
import type { LinearColour, ObservedFace } from './frame-observation.js';
import { SCENE_VALUES } from './frame-measures.js';
import { readReflection } from './flash-reflection.js';

const shown: readonly FlashColour[] = ['green', 'red', 'blue', 'red'];
const SKIN: LinearColour = [0.5, 0.3, 0.25];
const FRAMES_PER_COLOUR = 3;

interface Lit {
  readonly colours?: readonly FlashColour[];
  /** Light of the screen in shares of that of the room. */
  readonly strength?: number;
  readonly lateMs?: number;
  /** What the camera does to the whole picture in each frame. */
  readonly gain?: (frame: number) => LinearColour;
  readonly noise?: (frame: number) => number;
}

/** A face in a lit room before a screen that shows these colours. */
function lit({
  colours = shown,
  strength = 0.3,
  lateMs = 0,
  gain = () => [1, 1, 1],
  noise = () => 0,
}: Lit = {}) {
  const [still] = recorded([stance()]);
  const face = still?.face as ObservedFace;
  return Array.from({ length: shown.length * FRAMES_PER_COLOUR }, (_, index) => {
    const atMs = ((index + 0.5) * FLASH_MS) / FRAMES_PER_COLOUR;
    const colour = colours[Math.max(0, Math.floor((atMs - lateMs) / FLASH_MS))];
    const channels = gain(index);
    const light = (channel: number) =>
      (1 + (flashColours[channel] === colour ? strength : 0)) *
      (channels[channel] ?? 1) *
      (1 + noise(index * 3 + channel));
    return {
      ...face,
      atMs,
      skinColour: [SKIN[0] * light(0), SKIN[1] * light(1), SKIN[2] * light(2)] as const,
      scene: Float32Array.from({ length: SCENE_VALUES }, (__, value) => 0.4 * (channels[value % 3] ?? 1)),
    };
  });
}

/** White balance that follows the screen. */
function balancedAway(frame: number): LinearColour {
  const colour = shown[Math.floor(frame / FRAMES_PER_COLOUR)];
  const gain = (primary: FlashColour) => (primary === colour ? 0.8 : 1.02);
  return [gain('red'), gain('green'), gain('blue')];
}

describe('readReflection', () => {
  it('sees the colours that were shown on the face', () => {
    expect(readReflection(lit(), shown)).toBe('reflected');
  });

  it.each<[string, Lit]>([
    [
      'the camera changes exposure and white balance all the time',
      {
        gain: (frame) => [
          1 + 0.1 * Math.sin(frame),
          1 + 0.1 * Math.cos(frame),
          1 + 0.15 * Math.sin(2 * frame),
        ],
      },
    ],
    ['the camera takes back most of the colour from the whole picture', { gain: balancedAway }],
    ['the picture is noisy', { noise: (frame) => 0.02 * Math.sin(frame * 77) }],
    ['the camera lags by a tenth of a second', { lateMs: 100 }],
    ['the screen is faint', { strength: 0.15 }],
  ])('does so too when %s', (_, how) => {
    expect(readReflection(lit(how), shown)).toBe('reflected');
  });

  it.each<[string, Lit]>([
    ['another sequence', { colours: ['red', 'blue', 'green', 'blue'] }],
    [
      'the sequence of an earlier challenge that begins alike',
      { colours: ['green', 'red', 'blue', 'green'] },
    ],
    ['the right sequence, but later by a whole colour', { lateMs: FLASH_MS }],
  ])('contradicts %s', (_, how) => {
    expect(readReflection(lit(how), shown)).toBe('contradicted');
  });

  it.each<[string, Lit]>([
    ['no light of a screen', { strength: 0 }],
    ['hardly any, in bright surroundings', { strength: 0.03 }],
    [
      'a change that is no colour of a screen',
      { strength: 0, noise: (frame) => 0.2 * Math.cos(frame * frame) },
    ],
    [
      'its sequence, but hardly above another light that flickers',
      { strength: 0.1, noise: (frame) => 0.12 * Math.cos(frame * 5) },
    ],
    ['noise as of a camera', { strength: 0, noise: (frame) => 0.03 * Math.sin(frame * 77) }],
  ])('accuses nobody on whose face there is %s', (_, how) => {
    expect(readReflection(lit(how), shown)).toBe('not-seen');
  });

  it('accuses nobody when a colour has no frame', () => {
    const wrong = lit({ colours: ['red', 'blue', 'green', 'blue'] });
    expect(readReflection(wrong.slice(FRAMES_PER_COLOUR), shown)).toBe('not-seen');
  });

  it('tells any two sequences apart', () => {
    const sequence = fc
      .array(fc.constantFrom(...flashColours), { minLength: 4, maxLength: 4 })
      .filter((colours) => colours.every((colour, index) => colour !== colours[index - 1]));
    fc.assert(
      fc.property(sequence, sequence, (real, expected) => {
        const seen = readReflection(lit({ colours: real }), expected);
        expect(seen).toBe(real.join() === expected.join() ? 'reflected' : 'contradicted');
      }),
    );
  });
});
