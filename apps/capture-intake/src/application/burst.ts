import { probeImage } from '@absah/biometrics';
import type { VerificationRequest } from '@absah/contracts';
import { refusal } from '../domain/errors.js';

/** Frames beside the picture, and the challenge that they claim to answer. */
export interface Burst {
  readonly frames: readonly Uint8Array[];
  readonly answer?: Answer;
}

export interface Answer {
  readonly challengeId: string;
  readonly nonce: string;
  /** Milliseconds since the challenge was shown, one per frame. */
  readonly frameTimes: readonly number[];
}

/** A burst is decoded frame by frame: one frame must not cost as much as the picture may. */
const MOST_FRAME_SIDE = 1920;

/** Looks at headers only, as for the picture. */
export function readBurst(
  frames: readonly Uint8Array[],
  { challenge, frameTimes }: Pick<VerificationRequest, 'challenge' | 'frameTimes'>,
): Burst | undefined {
  if (frames.length === 0) {
    if (challenge || frameTimes) throw refusal('INTAKE.FRAMES_MISSING');
    return undefined;
  }
  if ((challenge || frameTimes) && !fit(frameTimes, frames.length))
    throw refusal('INTAKE.FRAME_TIMES_INVALID');
  for (const [index, frame] of frames.entries()) admitFrame(frame, index);
  return { frames, ...(challenge && frameTimes && { answer: { ...challenge, frameTimes } }) };
}

function fit(times: readonly number[] | undefined, count: number): boolean {
  return (
    times?.length === count && times.every((time, index) => index === 0 || time > (times[index - 1] ?? 0))
  );
}

function admitFrame(frame: Uint8Array, index: number): void {
  const problem = problemOf(frame);
  if (problem) throw refusal('INTAKE.FRAME_UNUSABLE', { fields: [{ path: `frame.${index}`, problem }] });
}

function problemOf(frame: Uint8Array): string | undefined {
  const probe = probeImage(frame);
  if (probe.kind === 'rejected') return probe.code;
  const { mediaType, width, height } = probe.header;
  if (mediaType === 'image/png') return 'image-type-unsupported';
  return Math.max(width, height) > MOST_FRAME_SIDE ? 'image-too-large' : undefined;
}
