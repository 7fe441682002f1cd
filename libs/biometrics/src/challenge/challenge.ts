import type { FlashColour } from './flash-colour.js';
import { flashColours } from './flash-colour.js';
import type { Movement } from './movement.js';
import { movements } from './movement.js';

/** What the person is asked to do. Random, so that nothing recorded earlier answers it. */
export interface Challenge {
  /** 22 base64url characters: names this challenge once and for all. */
  readonly nonce: string;
  /** In this order; no movement directly follows itself, and at least one is a turn. */
  readonly movements: readonly Movement[];
  /** Filled the screen one after the other before the movements; empty when no colours were asked for. */
  readonly colours: readonly FlashColour[];
}

export interface ChallengeOptions {
  readonly movementCount: number;
  readonly colourCount: number;
  /** All when absent. People whose eyes are narrow are often taken to have them closed, so that an operator may
   *  want to do without blinks. */
  readonly among?: readonly Movement[];
}

/** @param randomInt uniform over 0 … maxExclusive − 1, from a source that nobody can foresee */
export function drawChallenge(
  randomInt: (maxExclusive: number) => number,
  nonce: string,
  { movementCount, colourCount, among = movements }: ChallengeOptions = { movementCount: 3, colourCount: 0 },
): Challenge {
  if (colourCount === 1) throw new RangeError('one colour alone is no change that a face could show');
  if (among.length < 2 || !among.some(isTurn))
    throw new RangeError('no challenge can be drawn from these movements');
  // Drawing anew until a turn is among them keeps all acceptable sequences equally likely.
  let drawn = drawWithoutRepetition(among, movementCount, randomInt);
  while (!drawn.some(isTurn)) drawn = drawWithoutRepetition(among, movementCount, randomInt);
  return { nonce, movements: drawn, colours: drawWithoutRepetition(flashColours, colourCount, randomInt) };
}

function isTurn(movement: Movement): boolean {
  return movement === 'turn-left' || movement === 'turn-right';
}

/** Two alike in a row would look like one that lasted longer. */
function drawWithoutRepetition<T>(
  from: readonly T[],
  count: number,
  randomInt: (maxExclusive: number) => number,
): T[] {
  const drawn: T[] = [];
  for (let position = 0; position < count; position += 1) {
    const choices = from.filter((item) => item !== drawn.at(-1));
    const choice = choices[randomInt(choices.length)];
    if (choice === undefined) throw new RangeError('the source of randomness left its range');
    drawn.push(choice);
  }
  return drawn;
}
