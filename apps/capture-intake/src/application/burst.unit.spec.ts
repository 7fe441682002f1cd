import { MAX_BURST_FRAMES } from '@absah/biometrics';
import { MOST_FRAMES } from '@absah/contracts';
import { ServiceError } from '@absah/domain-kit';
import { describe, expect, it } from '@jest/globals';
import { jpegOf, pngOf } from '../../test/pictures.js';
import { readBurst } from './burst.js';

const frame = jpegOf(640, 480, 400);
const challenge = { challengeId: '0197c3a5-7c00-7d4e-8f00-3b6f0a1c9e52', nonce: 'A'.repeat(22) };

function refusalOf(...given: Parameters<typeof readBurst>): ServiceError {
  try {
    readBurst(...given);
  } catch (error) {
    if (error instanceof ServiceError) return error;
    throw error;
  }
  throw new Error('nothing was refused');
}

describe('readBurst (V5)', () => {
  it('belongs to an API that takes as many frames as are judged', () => {
    expect(MOST_FRAMES).toBe(MAX_BURST_FRAMES);
  });

  it('takes frames with the times of a challenge', () => {
    expect(readBurst([frame, frame], { challenge, frameTimes: [0, 120.5] })).toEqual({
      frames: [frame, frame],
      answer: { ...challenge, frameTimes: [0, 120.5] },
    });
  });

  it('takes frames without a challenge, and a picture without frames', () => {
    expect(readBurst([frame], {})).toEqual({ frames: [frame] });
    expect(readBurst([], {})).toBeUndefined();
  });

  it.each([
    ['a challenge without frames', [], { challenge, frameTimes: [1] }, 'INTAKE.FRAMES_MISSING'],
    ['times without frames', [], { frameTimes: [1] }, 'INTAKE.FRAMES_MISSING'],
    ['a challenge without times', [frame], { challenge }, 'INTAKE.FRAME_TIMES_INVALID'],
    ['too few times', [frame, frame], { challenge, frameTimes: [1] }, 'INTAKE.FRAME_TIMES_INVALID'],
    [
      'times that stand still',
      [frame, frame],
      { challenge, frameTimes: [1, 1] },
      'INTAKE.FRAME_TIMES_INVALID',
    ],
    ['times that run backwards', [frame, frame], { frameTimes: [2, 1] }, 'INTAKE.FRAME_TIMES_INVALID'],
  ])('refuses %s', (_, frames, fields, code) => {
    expect(refusalOf(frames, fields).code).toBe(code);
  });

  it.each([
    ['an empty one', new Uint8Array(), 'image-empty'],
    ['text', Buffer.from('no picture'), 'image-type-unknown'],
    ['a PNG', pngOf(640, 480), 'image-type-unsupported'],
    ['one as large as a picture may be', jpegOf(2560, 1920), 'image-too-large'],
    ['a thumbnail', jpegOf(32, 32), 'image-too-small'],
  ])('names the frame that is %s, and what is wrong with it', (_, bad, problem) => {
    const { code, details } = refusalOf([frame, bad], {});
    expect({ code, fields: details['fields'] }).toEqual({
      code: 'INTAKE.FRAME_UNUSABLE',
      fields: [{ path: 'frame.1', problem }],
    });
  });
});
