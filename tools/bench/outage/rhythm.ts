export type Kind = 'read' | 'activation' | 'retake' | 'new case';

export type Rhythm = Readonly<Record<Kind, number>>;

/**
 * Milliseconds between two requests of a kind. A latency says something only below capacity, and that
 * is what else the machine does: a picture is sent no more often than every fourth verification would end.
 */
export function rhythmFor(verificationMs: number): Rhythm {
  const pictureMs = Math.max(500, Math.round(verificationMs * 4));
  return {
    read: Math.max(50, Math.round(pictureMs / 10)),
    activation: pictureMs * 2,
    retake: pictureMs,
    'new case': pictureMs,
  };
}

const UNANSWERED = 5;
const TIME_LIMIT_MS = 2_500;
const ON_THE_WAY_MS = 1_000;

/** When the gateway knows that the registry is silent: as many questions as it takes have ended in vain. */
export function noticedAfterMs(rhythm: Rhythm): number {
  return UNANSWERED * rhythm['new case'] + TIME_LIMIT_MS + ON_THE_WAY_MS;
}
