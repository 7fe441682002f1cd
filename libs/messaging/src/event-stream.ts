import { EVENT_STREAM } from '@absah/contracts';
import { DiscardPolicy, RetentionPolicy, StorageType, type JetStreamManager } from '@nats-io/jetstream';
import { ensureStream } from './ensure-stream.js';
import { nanosFromMinutes } from './nanos.js';

/** Longer than any redelivery of the same publication by a relay that lost its acknowledgement. */
const DUPLICATE_WINDOW_MINUTES = 2;
const MAX_AGE_MINUTES = 6 * 60;
const MAX_BYTES = 2 * 1024 ** 3;

/**
 * One stream for all events. What it forgets before a consumer took it is published again by the
 * owner's reconciler. Tells when the stream was created.
 */
export async function ensureEventStream(manager: JetStreamManager): Promise<string> {
  return ensureStream(manager, {
    name: EVENT_STREAM,
    subjects: ['evt.>'],
    storage: StorageType.File,
    retention: RetentionPolicy.Limits,
    discard: DiscardPolicy.Old,
    max_age: nanosFromMinutes(MAX_AGE_MINUTES),
    max_bytes: MAX_BYTES,
    duplicate_window: nanosFromMinutes(DUPLICATE_WINDOW_MINUTES),
    num_replicas: 1,
  });
}
