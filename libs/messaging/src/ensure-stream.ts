import { ServiceError } from '@absah/domain-kit';
import type { JetStreamManager, StreamConfig } from '@nats-io/jetstream';
import { differingKeys, isJetStreamError } from './jetstream-answers.js';

const STREAM_NOT_FOUND = 10059;

/** Creates the stream when it is missing and refuses to run on one that was configured otherwise. Tells when it was created. */
export async function ensureStream(
  manager: JetStreamManager,
  wanted: Partial<StreamConfig> & { readonly name: string },
): Promise<string> {
  try {
    const { config, created } = await manager.streams.info(wanted.name);
    const different = differingKeys(wanted, config);
    if (different.length > 0) {
      throw new ServiceError(
        'internal',
        'MESSAGING.STREAM_DIFFERS',
        `stream ${wanted.name} is configured otherwise`,
        {
          details: { stream: wanted.name, keys: different },
          nextStep: 'Delete the stream (the outboxes keep its events) or restore its configuration.',
        },
      );
    }
    return created;
  } catch (error) {
    if (!isJetStreamError(error, STREAM_NOT_FOUND)) throw error;
    return (await manager.streams.add(wanted)).created;
  }
}
