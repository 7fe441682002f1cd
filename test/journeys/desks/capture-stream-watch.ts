import { CAPTURE_STREAM } from '@absah/contracts';
import { connectNats } from '@absah/messaging';
import { jetstreamManager } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/nats-core';
import type { SpawnedPlatform } from '../../../tools/laptop/spawn-platform.js';

export interface CapturesHeld {
  readonly messages: number;
  /** Of every picture that ever passed through. */
  readonly lastSequence: number;
}

/** Looks at the broker with capture-intake's own permissions, which go no further than counting. */
export class CaptureStreamWatch {
  private constructor(private readonly connection: NatsConnection) {}

  static async open({ natsUrl, caFile, secrets }: SpawnedPlatform): Promise<CaptureStreamWatch> {
    const user = 'capture-intake';
    const password = secrets[`broker-${user}`];
    return new CaptureStreamWatch(await connectNats({ url: natsUrl, user, password, caFile }, user));
  }

  async held(): Promise<CapturesHeld> {
    const manager = await jetstreamManager(this.connection, { checkAPI: false });
    const { state } = await manager.streams.info(CAPTURE_STREAM);
    return { messages: state.messages, lastSequence: state.last_seq };
  }

  close(): Promise<void> {
    return this.connection.close();
  }
}
