import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { normalise } from './embedding.js';
import { MalformedTemplateError, decodeTemplate, encodeTemplate } from './template.js';

const embedding = normalise(Float32Array.from({ length: 512 }, (_, index) => Math.sin(index + 1)));
const encoded = encodeTemplate({ modelChain: 'chain.1', embedding });

function changed(at: number, value: number): Uint8Array {
  const copy = encoded.slice();
  copy[at] = value;
  return copy;
}

describe('a template', () => {
  it('comes back as it was encoded, bit for bit', () => {
    expect(decodeTemplate(encoded)).toEqual({ modelChain: 'chain.1', embedding });
  });

  it('keeps its layout, since templates outlive the code that wrote them', () => {
    const small = encodeTemplate({ modelChain: 'c.1', embedding: Float32Array.of(1, 0) });
    expect(Buffer.from(small).toString('hex')).toBe(
      '41424654' + '01' + '03' + '632e31' + '0200' + '0000803f00000000',
    );
  });

  it('is read from the middle of a larger buffer', () => {
    const padded = new Uint8Array(encoded.length + 3);
    padded.set(encoded, 3);
    expect(decodeTemplate(padded.subarray(3)).embedding).toEqual(embedding);
  });

  it.each([
    ['of a foreign kind', changed(0, 0x42)],
    ['of a later version', changed(4, 2)],
    ['with a malformed chain id', changed(6, 0x20)],
    ['with a chain id longer than the file', changed(5, 255)],
    ['with a byte too many', new Uint8Array([...encoded, 0])],
    ['that is empty', new Uint8Array()],
    ['whose embedding is not of length one', changed(encoded.length - 1, 0x41)],
    [
      'whose embedding is not a number',
      changed(encoded.length - 1, 0x7f).fill(0xff, encoded.length - 3, encoded.length - 1),
    ],
  ])('%s is refused', (_, bytes) => {
    expect(() => decodeTemplate(bytes)).toThrow(MalformedTemplateError);
  });

  it('cut off anywhere is refused', () => {
    fc.assert(
      fc.property(fc.nat({ max: encoded.length - 1 }), (length) => {
        expect(() => decodeTemplate(encoded.subarray(0, length))).toThrow(MalformedTemplateError);
      }),
    );
  });

  it('refuses whatever bytes a stranger sends with no other error than its own', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), (tail) => {
        const bytes = new Uint8Array([...encoded.subarray(0, 5), ...tail]);
        expect(() => decodeTemplate(bytes)).toThrow(MalformedTemplateError);
      }),
    );
  });

  it('is not encoded under a name that could not be read back', () => {
    expect(() => encodeTemplate({ modelChain: 'Ü'.repeat(9), embedding })).toThrow(RangeError);
  });
});
