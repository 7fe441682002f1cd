import { EVENT_STREAM } from '@absah/contracts';
import { ServiceError } from '@absah/domain-kit';
import {
  AckPolicy,
  DeliverPolicy,
  ReplayPolicy,
  type ConsumerConfig,
  type JetStreamManager,
} from '@nats-io/jetstream';
import { differingKeys, isJetStreamError } from './jetstream-answers.js';
import { nanosFromMs } from './nanos.js';

const CONSUMER_NOT_FOUND = 10014;

export interface ConsumerSettings {
  readonly durable: string;
  /** Absent: every event. */
  readonly filterSubject?: string;
  readonly ackWaitMs: number;
  readonly maxAckPending: number;
}

/**
 * Creates the durable consumer when it is missing. On a difference it refuses to start: the server
 * would change an existing consumer silently, under the feet of the replicas that use it.
 */
export async function ensureConsumer(manager: JetStreamManager, settings: ConsumerSettings): Promise<void> {
  const wanted: Partial<ConsumerConfig> = {
    durable_name: settings.durable,
    ack_policy: AckPolicy.Explicit,
    deliver_policy: DeliverPolicy.All,
    replay_policy: ReplayPolicy.Instant,
    ack_wait: nanosFromMs(settings.ackWaitMs),
    max_ack_pending: settings.maxAckPending,
    // Deliveries are counted by the subscription, which buries what fails too often.
    max_deliver: -1,
    ...(settings.filterSubject && { filter_subject: settings.filterSubject }),
  };
  try {
    const { config } = await manager.consumers.info(EVENT_STREAM, settings.durable);
    const different = differingKeys(wanted, config);
    if (different.length === 0) return;
    throw new ServiceError(
      'internal',
      'MESSAGING.CONSUMER_DIFFERS',
      `consumer ${settings.durable} is configured otherwise`,
      {
        details: { consumer: settings.durable, keys: different },
        nextStep: 'Give the changed consumer a new name.',
      },
    );
  } catch (error) {
    if (!isJetStreamError(error, CONSUMER_NOT_FOUND)) throw error;
    await manager.consumers.add(EVENT_STREAM, wanted);
  }
}
