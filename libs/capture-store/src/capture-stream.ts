import { CAPTURE_STREAM, captureSubject } from '@absah/contracts';
import {
  DiscardPolicy,
  JetStreamApiCodes,
  JetStreamApiError,
  RetentionPolicy,
  StorageType,
  type StreamAPI,
  type StreamConfig,
} from '@nats-io/jetstream';
import { nanos } from '@nats-io/nats-core';
import type { CaptureLimits } from './capture-limits.js';
import { captureStreamUnsafe } from './errors.js';

/** Captures are replaced by subject, never recognised by message id; the server wants a window all the same. */
const DUPLICATE_WINDOW_MS = 1_000;

/**
 * Creates the memory-only stream, or accepts the one there is when it keeps the promise that no
 * picture reaches a disk or outlives its limit. Capacity and replicas may differ: an operator
 * tunes them on a running broker.
 */
export async function ensureCaptureStream(streams: StreamAPI, limits: CaptureLimits): Promise<void> {
  const config = await findOrCreate(streams, limits);
  const problems = brokenPromises(config, limits);
  if (problems.length > 0) throw captureStreamUnsafe(problems);
}

async function findOrCreate(streams: StreamAPI, limits: CaptureLimits): Promise<StreamConfig> {
  const existing = await findConfig(streams);
  if (existing) return existing;
  try {
    return (await streams.add(captureStreamConfig(limits))).config;
  } catch (error) {
    // Another service may have been faster; depending on what is left of the broker's memory, the
    // server then says that the name is taken or that there is no room for a second stream.
    const createdMeanwhile = await findConfig(streams);
    if (!createdMeanwhile) throw error;
    return createdMeanwhile;
  }
}

async function findConfig(streams: StreamAPI): Promise<StreamConfig | undefined> {
  try {
    return (await streams.info(CAPTURE_STREAM)).config;
  } catch (error) {
    if (error instanceof JetStreamApiError && error.code === JetStreamApiCodes.StreamNotFound)
      return undefined;
    throw error;
  }
}

function captureStreamConfig({ maxBytes, maxAgeMs, replicas }: CaptureLimits) {
  return {
    name: CAPTURE_STREAM,
    subjects: [captureSubject('*', '*')],
    storage: StorageType.Memory,
    retention: RetentionPolicy.Limits,
    // Refusing the newest is a clear answer to one operator; discarding the oldest would lose
    // pictures that were accepted already.
    discard: DiscardPolicy.New,
    max_bytes: maxBytes,
    max_age: nanos(maxAgeMs),
    max_msgs_per_subject: 1,
    duplicate_window: nanos(Math.min(DUPLICATE_WINDOW_MS, maxAgeMs)),
    num_replicas: replicas,
    allow_direct: true,
    deny_delete: false,
    deny_purge: false,
  };
}

function brokenPromises(config: StreamConfig, { maxAgeMs }: CaptureLimits): string[] {
  const promises: Readonly<Record<string, boolean>> = {
    storage: config.storage === StorageType.Memory,
    max_age: config.max_age > 0 && config.max_age <= nanos(maxAgeMs),
    discard: config.discard === DiscardPolicy.New,
    allow_direct: config.allow_direct,
    deny_purge: !config.deny_purge,
    republish: config.republish === undefined,
  };
  return Object.keys(promises).filter((key) => !promises[key]);
}
