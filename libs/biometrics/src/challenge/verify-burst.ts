import { fuseFrames } from '../liveness/fuse-frames.js';
import { selectBestFrames } from './best-frames.js';
import type { BurstReason } from './burst-refusal.js';
import type { Challenge } from './challenge.js';
import { isFlatPicture } from './flat-picture.js';
import { readReflection } from './flash-reflection.js';
import type { FrameObservation } from './frame-observation.js';
import { answers } from './movements-made.js';
import { isOnePerson } from './same-person.js';
import { isOneScene } from './same-scene.js';
import type { SeenFace } from './seen-face.js';
import { MOVED, seenFaces, turnOf } from './seen-face.js';
import { jumpiness } from './time-order.js';

export const MAX_BURST_FRAMES = 24;

/** To the movement, onto its height, and back, with one to spare. */
const MIN_FRAMES_PER_MOVEMENT = 4;

/** Faster than this nobody reads an instruction and moves the head there and back. */
const MIN_MS_PER_MOVEMENT = 500;

/** What happens in a longer gap goes unseen. */
const MAX_GAP_MS = 1500;

const MAX_FRAMES_WITHOUT_FACE = 0.25;

/** Frames with a bystander; a single one may be a mistake of the detector. */
const MAX_FRAMES_WITH_SEVERAL = 1;

/** A movement that jumps about more than this was filmed with too few frames … */
const MAX_JUMPINESS = 0.7;
/** … and more than this, its frames are in no order of time. */
const SHUFFLED_JUMPINESS = 0.9;

export interface BurstLimits {
  /** Between the challenge and the last frame. */
  readonly deadlineMs: number;
  /** For the passive score, fused over the frames. */
  readonly minLivenessScore: number;
  /** Frames below this cosine resemble each other no more than different people may. */
  readonly minSamePersonCosine: number;
}

export type BurstVerdict =
  | {
      readonly kind: 'passed';
      /** At most three indices of frames that may stand for the person, the best first; none when no frame
       *  passes the quality gate. */
      readonly bestFrames: readonly number[];
      /** Fused over the frames. */
      readonly livenessScore: number;
    }
  | { readonly kind: 'refused'; readonly reason: BurstReason };

/** Whether a burst answers its challenge. The nonce and the deadline by the server's clock are the server's
 *  business; here counts what the frames show. */
export function verifyBurst(
  challenge: Challenge,
  frames: readonly FrameObservation[],
  limits: BurstLimits,
): BurstVerdict {
  const faces = seenFaces(frames);
  const reason =
    unusable(challenge, frames, limits) ??
    unsteady(frames, faces) ??
    composed(faces, limits) ??
    unanswered(challenge, faces);
  if (reason) return { kind: 'refused', reason };
  const livenessScore = fusedLiveness(faces);
  const live = livenessScore >= limits.minLivenessScore && areTurnedFacesLive(faces);
  if (!live) return { kind: 'refused', reason: 'not-live' };
  return { kind: 'passed', bestFrames: selectBestFrames(frames), livenessScore };
}

function unusable(
  { movements, colours }: Challenge,
  frames: readonly FrameObservation[],
  { deadlineMs }: BurstLimits,
): BurstReason | undefined {
  if (frames.length > MAX_BURST_FRAMES) return 'too-many-frames';
  if (frames.length < MIN_FRAMES_PER_MOVEMENT * movements.length + colours.length) return 'too-few-frames';
  const times = frames.map(({ atMs }) => atMs);
  const gaps = times.slice(1).map((atMs, index) => atMs - (times[index] ?? 0));
  if (!gaps.every((gap) => gap > 0)) return 'shuffled';
  const [first = 0, last = 0] = [times[0], times.at(-1)];
  if (!(last <= deadlineMs)) return 'too-slow';
  if (last - first < MIN_MS_PER_MOVEMENT * movements.length) return 'too-fast';
  return gaps.some((gap) => gap > MAX_GAP_MS) ? 'too-few-frames' : undefined;
}

function unsteady(frames: readonly FrameObservation[], faces: readonly SeenFace[]): BurstReason | undefined {
  if (frames.filter(({ several }) => several).length > MAX_FRAMES_WITH_SEVERAL) return 'two-faces';
  return faces.length < (1 - MAX_FRAMES_WITHOUT_FACE) * frames.length ? 'face-lost' : undefined;
}

/** What no camera before one person records. */
function composed(faces: readonly SeenFace[], { minSamePersonCosine }: BurstLimits): BurstReason | undefined {
  if (!isOnePerson(faces, minSamePersonCosine)) return 'another-person';
  if (!isOneScene(faces)) return 'another-scene';
  if (isFlatPicture(faces)) return 'still-picture';
  const moves = faces.some((face) => turnOf(face) >= MOVED);
  // Written so that what is not a number counts as shuffled.
  return moves && !(jumpiness(faces) < SHUFFLED_JUMPINESS) ? 'shuffled' : undefined;
}

function unanswered({ movements, colours }: Challenge, faces: readonly SeenFace[]): BurstReason | undefined {
  const reflection = colours.length === 0 ? 'reflected' : readReflection(faces, colours);
  if (reflection === 'contradicted') return 'wrong-colours';
  if (!answers(faces, movements)) return 'wrong-movement';
  if (!(jumpiness(faces) < MAX_JUMPINESS)) return 'too-few-frames';
  return reflection === 'not-seen' ? 'colours-not-seen' : undefined;
}

// Half of the turned faces at least must look more live than not. Turning costs a living person some of the score, so
// the threshold of a resting face would refuse people; without any, pictures of a victim in other poses would do.
const MIN_TURNED_LIVENESS = 0.5;

function areTurnedFacesLive(faces: readonly SeenFace[]): boolean {
  const scores = faces.filter((face) => turnOf(face) >= MOVED).map((face) => face.livenessScore);
  return scores.filter((score) => score >= MIN_TURNED_LIVENESS).length >= scores.length / 2;
}

/** Over the frames in which the head is at rest: the passive score is made for such pictures. */
function fusedLiveness(faces: readonly SeenFace[]): number {
  return fuseFrames(faces.filter((face) => turnOf(face) < MOVED).map((face) => face.livenessScore));
}
