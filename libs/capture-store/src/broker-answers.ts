import { ServiceError } from '@absah/domain-kit';
import { JetStreamApiCodes, JetStreamApiError } from '@nats-io/jetstream';
import { RequestError, TimeoutError } from '@nats-io/nats-core';
import { capturesUnreachable } from './errors.js';

/** nats-server's error codes for a limit of the account, the server's memory, or the stream itself. */
const NO_ROOM: ReadonlySet<number> = new Set([10002, 10023, 10028, 10077]);

export function isFull(error: unknown): boolean {
  return error instanceof JetStreamApiError && NO_ROOM.has(error.code);
}

/** The API answers that there is no such stream; on the stream's own subjects nobody answers at all. */
export function isStreamGone(error: unknown): boolean {
  if (error instanceof JetStreamApiError) return error.code === JetStreamApiCodes.StreamNotFound;
  return hasNoResponders(error) || (error instanceof Error && hasNoResponders(error.cause));
}

/** A server before 2.10 leaves a direct get on a missing stream without any answer. */
export function mayMeanStreamGone(error: unknown): boolean {
  return isStreamGone(error) || error instanceof TimeoutError;
}

/** Our own refusals pass; whatever else the broker or the connection says means: not now. */
export function answerOf(error: unknown): ServiceError {
  return error instanceof ServiceError ? error : capturesUnreachable(error);
}

function hasNoResponders(error: unknown): boolean {
  return error instanceof RequestError && error.isNoResponders();
}
