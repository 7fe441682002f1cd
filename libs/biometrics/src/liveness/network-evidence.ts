import { faceSquareReaching } from '../face/crops.js';
import type { Box, Size } from '../face/geometry.js';

// Of the extent that the network was trained with: its surroundings, where a hand, a bezel or the edge of a paper
// shows; head and shoulders; and the face alone, whose texture counts the more, the tighter a picture was cut.
const DISTANCES = [1, 0.75, 0.6];

/** The parts of a picture that the network judges one by one: any of them errs far more often than their mean.
 *  @param extent of the crops that the network was trained with, in face heights */
export function livenessViews(face: Box, image: Size, extent: number): readonly Box[] {
  return DISTANCES.map((distance) => faceSquareReaching(face, image, distance * extent));
}

/** Logarithm of the odds for class 0, a living person, against the others: kinds of attack that the model does
 *  not name. Unlike probabilities, which all stick to 0 or 1, their mean weighs how sure each view is. */
export function liveLogOdds(logits: Float32Array): number {
  const [live = Number.NaN, ...attacks] = logits;
  // Against nothing everything is live.
  if (attacks.length === 0) throw new RangeError('a liveness model answers for attacks, too');
  const largest = Math.max(...attacks);
  return live - largest - Math.log(attacks.reduce((sum, attack) => sum + Math.exp(attack - largest), 0));
}
