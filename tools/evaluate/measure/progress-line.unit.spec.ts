import { describe, expect, it } from '@jest/globals';
import { ProgressLine, progressText } from './progress-line.js';

describe('progress of an evaluation', () => {
  it.each([
    [100, 1_000, 10, '100 of 1000 images, 10.0 per second, 1 min 30 s left'],
    [990, 1_000, 99, '990 of 1000 images, 10.0 per second, 1 s left'],
    [1_000, 1_000, 100, '1000 of 1000 images, 10.0 per second, 0 s left'],
  ])('tells rate and time left after %i of %i', (done, total, seconds, text) => {
    expect(progressText(done, total, seconds)).toBe(text);
  });

  it('tells the first and the last image, and few in between', () => {
    const told: string[] = [];
    const progress = new ProgressLine(500, (text) => told.push(text));
    for (let image = 0; image < 500; image += 1) progress.step();
    expect(told.at(0)).toContain('1 of 500');
    expect(told.at(-1)).toContain('500 of 500');
    expect(told.length).toBeLessThan(5);
  });
});
