import { ServiceError } from '@absah/domain-kit';
import type { JetStreamManager, StreamConfig } from '@nats-io/jetstream';
import { differingKeys, isJetStreamError } from './jetstream-answers.js';

const STREAM_NOT_FOUND = 10059;

/** Creates the stream when it is missing and refuses to run on one that was configured otherwise. */
export async function ensureStream(
  manager: JetStreamManager,
  wanted: Partial<StreamConfig> & { readonly name: string },
): Promise<void> {
  try {
    const { config } = await manager.streams.info(wanted.name);
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
  } catch (error) {
    if (!isJetStreamError(error, STREAM_NOT_FOUND)) throw error;
    await manager.streams.add(wanted);
  }
}
