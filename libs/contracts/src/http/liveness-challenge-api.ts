import { z } from 'zod';
import { challengeNonce, flashColour, frameTimes, instant, MOST_FRAMES, movement } from '../vocabulary.js';

/** The answer to `POST /v1/liveness-challenges`: what the person shall do, by when, and the words for it. */
export const livenessChallengeView = z
  .strictObject({
    challengeId: z.uuid(),
    nonce: challengeNonce.meta({ description: 'Comes back with the burst' }),
    movements: z.array(movement).meta({ description: 'To be done in this order' }),
    colours: z.array(flashColour).meta({
      description: 'Fill the screen one after the other before the movements; empty when none are asked for',
    }),
    flashMs: z.int().positive().max(60_000).meta({ description: 'How long each colour fills the screen' }),
    maxFrames: z.literal(MOST_FRAMES),
    expiresAt: instant.meta({ description: 'The whole answer has to have arrived by then' }),
    instructions: z
      .array(z.strictObject({ id: z.string(), en: z.string() }))
      .meta({ description: 'One sentence per movement' }),
  })
  .meta({ id: 'LivenessChallenge' });
export type LivenessChallengeView = z.infer<typeof livenessChallengeView>;

/** Fields of the part `request` that belong to the parts `frame`. */
export const burstFields = {
  challenge: z
    .strictObject({ challengeId: z.uuid(), nonce: challengeNonce })
    .optional()
    .meta({ description: 'The challenge that the frames answer, as it was issued. It can be answered once' }),
  frameTimes: frameTimes.optional().meta({
    description:
      'With a challenge: milliseconds from showing it to each frame, ascending, one per part `frame`',
  }),
};
