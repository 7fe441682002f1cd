import type { Box } from './geometry.js';
import { overlap } from './geometry.js';

export interface Detection {
  readonly box: Box;
  readonly score: number;
}

/** Reads the detector's output: per prior (background, face) scores and (left, top, right, bottom) shares. */
export function readDetections(scores: Float32Array, corners: Float32Array, threshold: number): Detection[] {
  const found: Detection[] = [];
  for (let prior = 0; prior * 2 < scores.length; prior += 1) {
    const score = scores[prior * 2 + 1] ?? 0;
    if (score < threshold) continue;
    const [left = 0, top = 0, right = 0, bottom = 0] = corners.subarray(prior * 4, prior * 4 + 4);
    if (right > left && bottom > top)
      found.push({ score, box: { left, top, width: right - left, height: bottom - top } });
  }
  return found;
}

/** Keeps the best of each heap of overlapping detections, best first. */
export function suppressOverlaps(detections: readonly Detection[], limit: number): Detection[] {
  const kept: Detection[] = [];
  for (const candidate of [...detections].sort((a, b) => b.score - a.score)) {
    if (kept.every((winner) => overlap(winner.box, candidate.box) <= limit)) kept.push(candidate);
  }
  return kept;
}
