import { describe, expect, it } from '@jest/globals';
import { selectFace } from './select-face.js';

const image = { width: 400, height: 400 };
const face = (left: number, top: number, side: number) => ({
  score: 0.9,
  box: { left, top, width: side, height: side },
});

describe('selectFace', () => {
  it('finds none in an empty list', () => {
    expect(selectFace([], image)).toEqual({ kind: 'none' });
  });

  it('takes the central face although a bystander at the border is larger, and says that there are two (V7)', () => {
    const central = face(150, 150, 100);
    expect(selectFace([face(0, 0, 120), central], image)).toEqual({ kind: 'several', detection: central });
  });

  it('ignores bystanders below six tenths of its height', () => {
    const central = face(150, 150, 100);
    expect(selectFace([face(10, 10, 59), central], image)).toEqual({ kind: 'one', detection: central });
    expect(selectFace([face(10, 10, 60), central], image)).toEqual({ kind: 'several', detection: central });
  });

  it('takes the larger of two equally central faces', () => {
    const large = face(100, 100, 200);
    expect(selectFace([face(175, 175, 50), large], image)).toEqual({ kind: 'one', detection: large });
  });
});
