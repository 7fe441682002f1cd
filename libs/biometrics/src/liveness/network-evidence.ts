import type { Box, Size } from '../face/geometry.js';
import { faceSquare, faceSquareReaching } from '../face/crops.js';

/** The part of a picture that the network judges; some are judged mirrored as well. */
export interface LivenessView {
  readonly square: Box;
  readonly mirrored: boolean;
}

// Of the extent that the network was trained with: the face itself and little else.
const CLOSE_SHARE = 0.6;

/** Twice the surroundings, where a hand, a bezel or the edge of a paper shows, and once the face alone, whose
 *  texture counts more when the picture was cut. One view alone errs far more often than their mean.
 *  @param extent of the crops that the network was trained with, in face heights */
export function livenessViews(face: Box, image: Size, extent: number): readonly LivenessView[] {
  const surroundings = faceSquareReaching(face, image, extent);
  return [
    { square: surroundings, mirrored: false },
    { square: surroundings, mirrored: true },
    { square: faceSquare(face, CLOSE_SHARE * extent), mirrored: false },
  ];
}

/** Logarithm of the odds for class 0, a living person, against the others: kinds of attack that the model does
 *  not name. Unlike probabilities, which all stick to 0 or 1, their mean weighs how sure each view is. */
export function liveLogOdds(logits: Float32Array): number {
  const [live = Number.NaN, ...attacks] = logits;
  const largest = Math.max(...attacks);
  return live - largest - Math.log(attacks.reduce((sum, attack) => sum + Math.exp(attack - largest), 0));
}
