import type { Point } from '../face/geometry.js';
import type { FacePoints } from './face-points.js';
import { PATCH_CELLS, SCENE_VALUES } from './frame-measures.js';
import type { FrameObservation, ObservedFace } from './frame-observation.js';
import type { Movement } from './movement.js';

/** How a head stands before the camera. Degrees; lengths in distances between the eyes. */
export interface Stance {
  readonly yaw: number;
  readonly pitch: number;
  readonly roll: number;
  readonly x: number;
  readonly y: number;
  readonly distance: number;
  readonly eyesOpen: number;
}

export const FRAME_MS = 250;

const ahead: Stance = { yaw: 0, pitch: 0, roll: 0, x: 0, y: 0, distance: 6, eyesOpen: 0.95 };

export function stance(fields: Partial<Stance> = {}): Stance {
  return { ...ahead, ...fields };
}

// Positive yaw turns to the person's left, positive pitch lowers the head.
const peaks: Readonly<Record<Movement, Partial<Stance>>> = {
  'turn-left': { yaw: 32 },
  'turn-right': { yaw: -32 },
  'look-up': { pitch: -30 },
  nod: { pitch: 30 },
  blink: { eyesOpen: 0.05 },
};

/** Six frames of a movement, there and back; seven of a rest before them all. */
export function performance(movements: readonly Movement[]): Stance[] {
  return [
    stance(),
    ...movements.flatMap((movement) => [0, 0.6, 1, 1, 0.5, 0].map((part) => partly(movement, part))),
  ];
}

function partly(movement: Movement, part: number): Stance {
  const peak = stance(peaks[movement]);
  const between = (name: 'yaw' | 'pitch') => part * peak[name];
  return stance({
    yaw: between('yaw'),
    pitch: between('pitch'),
    eyesOpen: part === 1 ? peak.eyesOpen : 0.95,
  });
}

/** A living head: its nose stands out from the plane of eyes and mouth. */
export function recorded(stances: readonly Stance[], fields: Partial<ObservedFace> = {}): FrameObservation[] {
  return stances.map((taken, index) => frame(taken, index, HEAD, fields));
}

/** The same before the camera, but printed on a sheet. */
export function ofSheet(stances: readonly Stance[]): FrameObservation[] {
  return stances.map((taken, index) => frame(taken, index, SHEET, {}));
}

const somebody = Float32Array.of(1, 0, 0);
export const somebodyElse = Float32Array.of(0, 1, 0);

type Solid = readonly (readonly [x: number, y: number, z: number])[];

// Eyes, mouth and nose tip in distances between the eyes; z towards the camera.
const HEAD: Solid = [
  [-0.5, 0, 0],
  [0.5, 0, 0],
  [0, 1.1, 0],
  [0, 0.58, 0.55],
];
const SHEET: Solid = HEAD.map(([x, y]) => [x, y, 0]);

function frame(taken: Stance, index: number, solid: Solid, fields: Partial<ObservedFace>): FrameObservation {
  const points = project(solid, taken);
  const middle = points.mouth;
  const face: ObservedFace = {
    pose: { yaw: -taken.yaw, pitch: -taken.pitch, roll: taken.roll },
    points,
    eyesOpen: taken.eyesOpen,
    box: { left: middle.x - 0.15, top: middle.y - 0.3, width: 0.3, height: 0.4 },
    embedding: somebody,
    alignedGrey: cameraNoise(index),
    scene: new Float32Array(SCENE_VALUES).fill(0.4),
    skinColour: [0.5, 0.3, 0.25],
    sharpness: 0.12,
    passesGate: Math.abs(taken.yaw) < 20 && Math.abs(taken.pitch) < 20 && taken.eyesOpen > 0.5,
    livenessScore: 0.98,
    ...fields,
  };
  return { atMs: 500 + index * FRAME_MS, face, several: false };
}

function project(solid: Solid, taken: Stance): FacePoints {
  const [leftEye, rightEye, mouth, noseTip] = solid.map((corner) => seen(corner, taken));
  if (!leftEye || !rightEye || !mouth || !noseTip) throw new RangeError('four points are needed');
  return { leftEye, rightEye, mouth, noseTip };
}

/** A pinhole camera that shows a face at six eye distances about half as high as the frame. */
function seen([x, y, z]: Solid[number], { yaw, pitch, roll, distance, ...at }: Stance): Point {
  const [across, towards] = turned(x, z, yaw);
  const [down, depth] = turned(y, towards, pitch);
  const [right, below] = turned(across, down, roll, -1);
  const scale = 1.2 / (distance - depth);
  return { x: 0.5 + scale * (right + at.x), y: 0.45 + scale * (below + at.y) };
}

function turned(a: number, b: number, degrees: number, hand: 1 | -1 = 1): [number, number] {
  const [sine, cosine] = [Math.sin((degrees * Math.PI) / 180), Math.cos((degrees * Math.PI) / 180)];
  return [a * cosine + hand * b * sine, b * cosine - hand * a * sine];
}

/** What noise, breathing and the jitter of landmarks change at least from one frame to the next. */
function cameraNoise(index: number): Float32Array {
  return Float32Array.from(
    { length: PATCH_CELLS },
    (_, cell) => 0.5 + Math.sin((index + 1) * (cell + 7)) / 50,
  );
}
