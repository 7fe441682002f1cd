import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { FRAME_MS, ofSheet, performance, recorded, somebodyElse, stance } from './acted-burst.js';
import { SCENE_VALUES } from './frame-measures.js';
import type { FrameObservation, ObservedFace } from './frame-observation.js';
import type { Movement } from './movement.js';
import { movements as allMovements } from './movement.js';
import type { BurstLimits, BurstVerdict } from './verify-burst.js';
import { verifyBurst } from './verify-burst.js';

const asked: readonly Movement[] = ['turn-left', 'nod', 'turn-right'];
const limits: BurstLimits = { deadlineMs: 30_000, minLivenessScore: 0.9, minSamePersonCosine: 0.486 };
const good = recorded(performance(asked));

function verdict(
  frames: readonly FrameObservation[],
  movements = asked,
  changed: Partial<BurstLimits> = {},
): BurstVerdict {
  return verifyBurst({ nonce: 'A'.repeat(22), movements, colours: [] }, frames, { ...limits, ...changed });
}

function reasonOf(...args: Parameters<typeof verdict>): string {
  const judged = verdict(...args);
  return judged.kind === 'refused' ? judged.reason : judged.kind;
}

/** The same frames in another order, with the times that a client would claim for it. */
function inOrder(frames: readonly FrameObservation[], order: readonly number[]): FrameObservation[] {
  return order.flatMap((from, index) => {
    const frame = frames[from];
    return frame ? [{ ...frame, atMs: frames[index]?.atMs ?? 0 }] : [];
  });
}

function atPace(frames: readonly FrameObservation[], factor: number): FrameObservation[] {
  return frames.map((frame) => ({ ...frame, atMs: frame.atMs * factor }));
}

/** Changes the faces of some frames. */
function altered(from: number, to: number, fields: Partial<ObservedFace>): FrameObservation[] {
  return good.map((frame, index) =>
    frame.face && index >= from && index < to ? { ...frame, face: { ...frame.face, ...fields } } : frame,
  );
}

/** Four frames for each movement. */
function jumpy(): FrameObservation[] {
  const parts = [0, 1, 0.6, 0];
  return recorded([
    stance(),
    ...parts.map((part) => stance({ yaw: 32 * part })),
    ...parts.map((part) => stance({ pitch: 30 * part })),
    ...parts.map((part) => stance({ yaw: -32 * part })),
  ]);
}

describe('a burst that answers its challenge (V5)', () => {
  it('passes, with its best frames and the score that most frames have', () => {
    const sharpest = altered(12, 13, { sharpness: 0.2, livenessScore: 0.1 });
    const judged = verdict(sharpest);
    expect(judged).toEqual({
      kind: 'passed',
      bestFrames: [12, expect.any(Number), expect.any(Number)],
      livenessScore: 0.98,
    });
  });

  it('passes with any three movements that can be drawn', () => {
    const three = fc.array(fc.constantFrom(...allMovements), { minLength: 3, maxLength: 3 });
    fc.assert(
      fc.property(three, (movements) => {
        fc.pre(movements.every((movement, index) => movement !== movements[index - 1]));
        expect(reasonOf(recorded(performance(movements)), movements)).toBe('passed');
      }),
    );
  });

  it('passes at any pace between hurried and slow', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.4, max: 5, noNaN: true }), (factor) => {
        expect(reasonOf(atPace(good, factor))).toBe('passed');
      }),
    );
  });

  it('passes when the camera is held low, at an angle or by a person whose head is never quite straight', () => {
    const crooked = performance(asked).map((taken) =>
      stance({ ...taken, yaw: taken.yaw + 4, pitch: taken.pitch - 8, roll: 12, x: 0.5, distance: 5 }),
    );
    expect(reasonOf(recorded(crooked))).toBe('passed');
  });

  it('passes when a movement is held for most of the time, or falters on its way', () => {
    const held = [0, 0, ...Array<number>(12).fill(32), 0, 0].map((yaw) => stance({ yaw }));
    expect(reasonOf(recorded(held), ['turn-left'])).toBe('passed');
    const faltering = [0, 0, 16, 32, 32, 14, 14, 32, 32, 14, 0, 0].map((yaw) => stance({ yaw }));
    // Half way the head points up rather than aside.
    faltering[6] = stance({ yaw: 10, pitch: -20 });
    expect(reasonOf(recorded(faltering), ['turn-left'])).toBe('passed');
  });

  it('passes when the person blinks unasked, or one frame is lost to motion', () => {
    expect(reasonOf(altered(6, 7, { eyesOpen: 0.02 }))).toBe('passed');
    const noise = Float32Array.of(0, 0, 1);
    expect(reasonOf(altered(9, 10, { embedding: noise, sharpness: 0.01 }))).toBe('passed');
    expect(reasonOf(good.map((frame, index) => (index === 9 ? { ...frame, face: undefined } : frame)))).toBe(
      'passed',
    );
  });
});

describe('a burst that the person can do better', () => {
  it.each<[string, string, readonly FrameObservation[]]>([
    ['too-many-frames', 'more frames than a burst may have', recorded(performance([...asked, 'nod']))],
    ['too-few-frames', 'fewer frames than the movements take', good.slice(0, 11)],
    [
      'too-few-frames',
      'a gap in which anything may have happened',
      good.map((frame, index) => ({ ...frame, atMs: frame.atMs + (index > 9 ? 1500 : 0) })),
    ],
    [
      'too-slow',
      'its last frame after the deadline',
      good.map((frame) => ({ ...frame, atMs: frame.atMs + 26_000 })),
    ],
    ['too-fast', 'three movements in less than half a second each', atPace(good, 0.3)],
    ['two-faces', 'a bystander', good.map((frame, index) => ({ ...frame, several: index > 3 && index < 6 }))],
    [
      'face-lost',
      'the face out of view for a third of the time',
      good.map((frame, index) => (index > 12 ? { ...frame, face: undefined } : frame)),
    ],
    ['too-few-frames', 'movements in so few frames that they jump about', jumpy()],
    ['wrong-movement', 'somebody who keeps still', recorded(Array.from({ length: 19 }, () => stance()))],
    [
      'wrong-movement',
      'a movement that is only hinted at',
      recorded(performance(asked).map((taken) => stance({ ...taken, yaw: taken.yaw / 4 }))),
    ],
    [
      'wrong-movement',
      'a movement that is missing',
      [
        ...good.slice(0, 7),
        ...recorded(performance(['turn-right'])).map((frame, index) => ({
          ...frame,
          atMs: 2_500 + index * FRAME_MS,
        })),
      ],
    ],
    ['wrong-movement', 'one movement too many', recorded(performance(['turn-left', 'nod', 'look-up']))],
  ])('is refused as %s: %s', (reason, _, frames) => {
    expect(reasonOf(frames)).toBe(reason);
  });

  it('is refused when the eyes stayed open, and when they never opened', () => {
    const blinking: readonly Movement[] = ['turn-left', 'blink', 'turn-right'];
    const movements = performance(blinking);
    expect(reasonOf(recorded(movements), blinking)).toBe('passed');
    for (const eyesOpen of [0.02, 0.95]) {
      expect(reasonOf(recorded(movements, { eyesOpen }), blinking)).toBe('wrong-movement');
    }
  });

  it('is refused when the blink comes at another place than asked for', () => {
    expect(
      reasonOf(recorded(performance(['turn-left', 'turn-right', 'blink'])), [
        'turn-left',
        'blink',
        'turn-right',
      ]),
    ).toBe('wrong-movement');
  });
});

describe('a burst that is no recording of a person', () => {
  it('is refused as still-picture when one frame is sent again and again', () => {
    expect(reasonOf(Array.from(good, ({ atMs }) => ({ ...good[0]!, atMs })))).toBe('still-picture');
  });

  it('is refused as still-picture when a sheet is carried about or tilted', () => {
    const angles = Array.from({ length: 20 }, (_, index) => (index / 20) * 2 * Math.PI);
    const carried = angles.map((angle) =>
      stance({ x: 2 * Math.sin(angle), y: Math.cos(angle), roll: 9 * Math.sin(angle) }),
    );
    const tilted = angles.map((angle) => stance({ yaw: 50 * Math.sin(angle), pitch: 10 * Math.cos(angle) }));
    expect(reasonOf(ofSheet(carried))).toBe('still-picture');
    expect(reasonOf(ofSheet(tilted))).toBe('still-picture');
  });

  it('never passes when a sheet goes through the movements, however steeply and near', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.5, max: 1.5, noNaN: true }),
        fc.double({ min: 4, max: 9, noNaN: true }),
        (factor, distance) => {
          const steep = performance(asked).map((taken) =>
            stance({ ...taken, yaw: taken.yaw * factor, pitch: taken.pitch * factor, distance }),
          );
          expect(['still-picture', 'wrong-movement']).toContain(reasonOf(ofSheet(steep)));
        },
      ),
    );
  });

  it('never passes in another order of its frames, unless each stays within a step of its place', () => {
    const order = fc.shuffledSubarray(
      good.map((_, index) => index),
      { minLength: good.length },
    );
    fc.assert(
      fc.property(order, (shuffled) => {
        fc.pre(shuffled.some((from, index) => Math.abs(from - index) > 1));
        expect(['shuffled', 'wrong-movement', 'too-few-frames']).toContain(reasonOf(inOrder(good, shuffled)));
      }),
    );
  });

  it('is refused as shuffled when its frames are dealt out like cards', () => {
    for (const step of [4, 5, 7, 8]) {
      const dealt = good.map((_, index) => (index * step) % good.length);
      expect(reasonOf(inOrder(good, dealt))).toBe('shuffled');
    }
  });

  it('is refused as shuffled when its times do not grow', () => {
    const order = good.map((_, index) => index);
    expect(reasonOf(order.map((index) => good[index === 5 ? 6 : index === 6 ? 5 : index]!))).toBe('shuffled');
    expect(reasonOf(good.map((frame, index) => (index === 4 ? { ...frame, atMs: NaN } : frame)))).toBe(
      'shuffled',
    );
  });

  it('is refused as wrong-movement when it runs backwards, as is one recorded for another challenge', () => {
    const backwards = good.map((_, index) => good.length - 1 - index);
    expect(reasonOf(inOrder(good, backwards))).toBe('wrong-movement');
    expect(reasonOf(good, ['nod', 'turn-left', 'turn-right'])).toBe('wrong-movement');
  });

  it.each([
    ['the second half', 10, 19],
    ['a single sharp frame', 7, 8],
    ['two frames in the midst of a turn', 3, 5],
  ])('is refused as another-person when somebody else is in %s', (_, from, to) => {
    expect(reasonOf(altered(from, to, { embedding: somebodyElse }))).toBe('another-person');
  });

  it('is refused as another-scene when the surroundings change from one frame to the next', () => {
    expect(reasonOf(altered(10, 19, { scene: new Float32Array(SCENE_VALUES).fill(0.7) }))).toBe(
      'another-scene',
    );
  });

  it('is refused as another-scene when a face held close hides the change', () => {
    const close = altered(10, 19, { scene: new Float32Array(SCENE_VALUES).fill(0.7) }).map((frame, index) =>
      frame.face && index >= 8 && index < 12
        ? { ...frame, face: { ...frame.face, box: { left: 0, top: 0, width: 1, height: 1 } } }
        : frame,
    );
    expect(reasonOf(close)).toBe('another-scene');
  });

  it('is not when the camera adapts to a head bent towards it', () => {
    expect(reasonOf(altered(9, 12, { scene: new Float32Array(SCENE_VALUES).fill(0.8) }))).toBe('passed');
  });

  it('is not when they change bit by bit, as behind a person who turns on a chair', () => {
    const panned = good.map((frame, index) => ({
      ...frame,
      face: frame.face && { ...frame.face, scene: new Float32Array(SCENE_VALUES).fill(0.2 + index * 0.03) },
    }));
    expect(reasonOf(panned)).toBe('passed');
  });

  it('is refused as not-live when most frames score low, whatever a few may say', () => {
    expect(reasonOf(altered(0, 15, { livenessScore: 0.3 }))).toBe('not-live');
    expect(reasonOf(altered(0, 3, { livenessScore: 0.3 }))).toBe('passed');
  });

  it('is refused as not-live when the turned faces are pictures, however live the resting one is', () => {
    const turned = good.map((frame, index) =>
      frame.face && [1, 2, 3, 4].includes((index - 1) % 6)
        ? { ...frame, face: { ...frame.face, livenessScore: 0.2 } }
        : frame,
    );
    expect(reasonOf(turned)).toBe('not-live');
  });

  it.each([[undefined], [0.99]])('is refused when it holds no frame at all (least score %p)', (score) => {
    expect(verdict([], asked, score === undefined ? {} : { minLivenessScore: score }).kind).toBe('refused');
  });
});
