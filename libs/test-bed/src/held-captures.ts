import { CaptureStore } from '@absah/capture-store';
import { CAPTURE_STREAM, captureSubject, type CaptureKind } from '@absah/contracts';
import { Sealer } from '@absah/sealing';
import type { EventBus } from './event-bus.js';

/** The captures beside the service under test: put there by others, and counted afterwards. */
export class HeldCaptures {
  private constructor(
    private readonly bus: EventBus,
    readonly store: CaptureStore,
  ) {}

  static async open(bus: EventBus, key: Uint8Array): Promise<HeldCaptures> {
    return new HeldCaptures(bus, await CaptureStore.open(bus.connection, new Sealer('capture', key)));
  }

  /** Bytes that no holder of the key sealed. */
  async putForged(captureId: string, kind: CaptureKind, bytes: Uint8Array): Promise<void> {
    await this.bus.manager.jetstream().publish(captureSubject(captureId, kind), bytes);
  }

  /** How many there are, of one capture or of all. */
  async count(captureId = '*'): Promise<number> {
    const options = { subjects_filter: captureSubject(captureId, '*') };
    const { state } = await this.bus.manager.streams.info(CAPTURE_STREAM, options);
    return Object.values(state.subjects ?? {}).reduce((sum, count) => sum + count, 0);
  }

  /** How many were ever put, also those that were purged again. */
  async everPut(): Promise<number> {
    const { state } = await this.bus.manager.streams.info(CAPTURE_STREAM);
    return state.last_seq;
  }
}
