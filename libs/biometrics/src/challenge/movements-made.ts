import type { Movement } from './movement.js';
import type { SeenFace } from './seen-face.js';
import { AT_REST, MOVED, turnOf } from './seen-face.js';

// Far apart, since the eye model seldom hesitates.
const EYES_CLOSED = 0.3;
const EYES_OPEN = 0.7;

/** Frames of a movement; fewer are a landmark gone astray. */
const MIN_FRAMES = 2;

type Turn = Exclude<Movement, 'blink'>;

interface Phase {
  readonly turn: Turn | 'rest';
  readonly faces: readonly SeenFace[];
}

type MovementPhase = Phase & { readonly turn: Turn };

/** Whether the head did what was asked, in that order and nothing else. Blinks are looked for where they were
 *  asked for and overlooked elsewhere, because everybody blinks. */
export function answers(faces: readonly SeenFace[], asked: readonly Movement[]): boolean {
  const phases = movementPhases(faces);
  const turns = asked.filter((movement) => movement !== 'blink');
  if (turns.join() !== phases.map(({ turn }) => turn).join()) return false;
  let turnsBefore = 0;
  for (const movement of asked) {
    if (movement !== 'blink') turnsBefore += 1;
    else if (!blinkedBetween(faces, phases[turnsBefore - 1], phases[turnsBefore])) return false;
  }
  return true;
}

/** The movements of the head, in their order. */
function movementPhases(faces: readonly SeenFace[]): MovementPhase[] {
  const found: MovementPhase[] = [];
  let rested = true;
  for (const { turn, faces: run } of phasesOf(faces)) {
    if (turn === 'rest') {
      rested = true;
    } else if (run.length >= MIN_FRAMES && run.some((face) => turnOf(face) >= MOVED)) {
      // The same way again without a rest between is one movement that faltered.
      const faltered = !rested && found.at(-1)?.turn === turn ? found.pop() : undefined;
      found.push({ turn, faces: [...(faltered?.faces ?? []), ...run] });
      rested = false;
    }
  }
  return found;
}

/** Runs of frames in which the head points the same way. */
function phasesOf(faces: readonly SeenFace[]): Phase[] {
  const phases: { turn: Turn | 'rest'; faces: SeenFace[] }[] = [];
  for (const face of faces) {
    const turn = directionOf(face);
    const last = phases.at(-1);
    if (last?.turn === turn) last.faces.push(face);
    else phases.push({ turn, faces: [face] });
  }
  return phases;
}

function directionOf(face: SeenFace): Turn | 'rest' {
  const { x, y } = face.shift;
  if (turnOf(face) < AT_REST) return 'rest';
  if (Math.abs(x) >= Math.abs(y)) return x > 0 ? 'turn-left' : 'turn-right';
  return y > 0 ? 'nod' : 'look-up';
}

/** Open, closed and open again while the head is at rest between two movements. */
function blinkedBetween(faces: readonly SeenFace[], before?: Phase, after?: Phase): boolean {
  const from = before?.faces.at(-1)?.index ?? -Infinity;
  const to = after?.faces[0]?.index ?? Infinity;
  const resting = faces.filter((face) => turnOf(face) < MOVED && face.index > from && face.index < to);
  const closed = resting.findIndex(({ eyesOpen }) => eyesOpen <= EYES_CLOSED);
  const open = ({ eyesOpen }: SeenFace) => eyesOpen >= EYES_OPEN;
  return closed > 0 && resting.slice(0, closed).some(open) && resting.slice(closed).some(open);
}
