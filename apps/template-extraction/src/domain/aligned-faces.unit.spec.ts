import { describe, expect, it } from '@jest/globals';
import { splitFaces } from './aligned-faces.js';

const FACE_BYTES = 112 * 112 * 3;

describe('splitFaces', () => {
  it.each([1, 2, 3])('finds %d faces in their order, without a copy', (count) => {
    const bytes = new Uint8Array(count * FACE_BYTES).map((_, index) => Math.floor(index / FACE_BYTES) + 1);
    const faces = splitFaces(bytes)!;
    expect(faces.map((face) => [face.length, face[0], face.at(-1)])).toEqual(
      Array.from({ length: count }, (_, index) => [FACE_BYTES, index + 1, index + 1]),
    );
    bytes.fill(0);
    expect(faces.every((face) => face.every((value) => value === 0))).toBe(true);
  });

  it.each([0, 1, FACE_BYTES - 1, FACE_BYTES + 1, 4 * FACE_BYTES])('finds none in %d bytes', (length) => {
    expect(splitFaces(new Uint8Array(length))).toBeUndefined();
  });
});
