import type { Detection } from './detections.js';
import type { Size } from './geometry.js';
import { centreOf } from './geometry.js';

export type FaceSelection =
  { kind: 'none' } | { kind: 'one'; detection: Detection } | { kind: 'several'; detection: Detection };

// A face this tall beside the chosen one could be the person meant; a smaller one is a bystander.
const COMPARABLE_HEIGHT = 0.6;

/** The face that is large and central. Taking just the largest doubles the false rejections, because
 *  bystanders win. */
export function selectFace(detections: readonly Detection[], image: Size): FaceSelection {
  const [chosen, ...others] = [...detections].sort((a, b) => prominence(b, image) - prominence(a, image));
  if (!chosen) return { kind: 'none' };
  const rival = others.some((other) => other.box.height >= COMPARABLE_HEIGHT * chosen.box.height);
  return { kind: rival ? 'several' : 'one', detection: chosen };
}

/** Height, discounted to a quarter for a face in the corner. */
function prominence({ box }: Detection, image: Size): number {
  const centre = centreOf(box);
  const x = (2 * centre.x) / image.width - 1;
  const y = (2 * centre.y) / image.height - 1;
  return box.height * (1 - 0.75 * Math.min(1, Math.hypot(x, y)));
}
