import { PassThrough } from 'node:stream';
import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { UploadsInFlight } from './uploads-in-flight.js';

describe('UploadsInFlight', () => {
  const answer = () => new PassThrough().resume();

  it('takes uploads up to its limit, and not one byte more', () => {
    const uploads = new UploadsInFlight(100);
    expect([60, 41, 40, 1].map((bytes) => uploads.take(bytes, answer()))).toEqual([true, false, true, false]);
    expect(uploads.bytes).toBe(100);
  });

  it.each<[string, (answer: PassThrough) => void]>([
    ['is sent', (sent) => sent.end('done')],
    ['is cut off', (cut) => cut.destroy()],
    ['fails', (failed) => failed.destroy(new Error('reset'))],
    ['is sent and its connection closed', (both) => both.end('done', () => both.destroy())],
  ])('gives a place back once when its answer %s', async (_, end) => {
    const uploads = new UploadsInFlight(100);
    const [first, second] = [answer().on('error', () => undefined), answer()];
    uploads.take(60, first);
    uploads.take(40, second);
    end(first);
    await turn();
    await turn();
    expect(uploads.bytes).toBe(40);
  });

  it('gives a place back when the connection was gone before', async () => {
    const uploads = new UploadsInFlight(100);
    const gone = answer().destroy();
    await turn();
    uploads.take(60, gone);
    await turn();
    expect(uploads.bytes).toBe(0);
  });
});
