import { CAPTURE_STREAM, captureSubject, type CaptureKind } from '@absah/contracts';
import type { Sealer } from '@absah/sealing';
import { jetstreamManager, type JetStreamClient, type JetStreamManager } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/nats-core';
import { answerOf, isFull, isStreamGone, mayMeanStreamGone } from './broker-answers.js';
import { DEFAULT_CAPTURE_LIMITS, type CaptureLimits } from './capture-limits.js';
import { CaptureRoom } from './capture-room.js';
import { ensureCaptureStream } from './capture-stream.js';
import { capturesFull, captureTooLarge } from './errors.js';

/** Room for the subject and the headers beside the sealed bytes. */
const HEADER_ALLOWANCE_BYTES = 1024;

/** A broker before 2.10 does not answer for a stream that is gone, and a person waits for the retake. */
const GET_TIMEOUT_MS = 1_000;

/** Sealed pictures, bursts and aligned faces on their way through the pipeline: in the broker's memory, nowhere else (A3). */
export class CaptureStore {
  readonly #client: JetStreamClient;
  readonly #room: CaptureRoom;

  private constructor(
    private readonly manager: JetStreamManager,
    private readonly reader: JetStreamManager,
    private readonly connection: NatsConnection,
    private readonly sealer: Sealer,
    private readonly limits: CaptureLimits,
  ) {
    this.#client = manager.jetstream();
    this.#room = new CaptureRoom(manager.streams);
  }

  /** Refuses to work on a stream that would write to disk or keep pictures too long. */
  static async open(
    connection: NatsConnection,
    sealer: Sealer,
    limits: CaptureLimits = DEFAULT_CAPTURE_LIMITS,
  ): Promise<CaptureStore> {
    // The account check asks for a permission that no service has.
    const manager = await jetstreamManager(connection, { checkAPI: false });
    const reader = await jetstreamManager(connection, { checkAPI: false, timeout: GET_TIMEOUT_MS });
    await ensureCaptureStream(manager.streams, limits);
    return new CaptureStore(manager, reader, connection, sealer, limits);
  }

  /** Replaces what was there under the same id and kind. */
  async put(captureId: string, kind: CaptureKind, bytes: Uint8Array): Promise<void> {
    const sealed = this.sealer.seal(bytes, contextOf(captureId, kind));
    this.#refuseOversize(sealed.length);
    await this.#onStream(async () => {
      if (!(await this.#room.admits(kind, sealed.length))) throw capturesFull();
      try {
        await this.#client.publish(captureSubject(captureId, kind), sealed, {
          expect: { streamName: CAPTURE_STREAM },
        });
      } catch (error) {
        throw isFull(error) ? capturesFull(error) : error;
      }
    });
  }

  /** `undefined` when it expired, was purged, or was lost with the broker's memory. */
  async get(captureId: string, kind: CaptureKind): Promise<Uint8Array | undefined> {
    const stored = await this.#onStream(
      () => this.reader.direct.getMessage(CAPTURE_STREAM, { last_by_subj: captureSubject(captureId, kind) }),
      mayMeanStreamGone,
    );
    return stored ? this.sealer.open(stored.data, contextOf(captureId, kind)) : undefined;
  }

  /** Destroys every kind. Purging what is gone already succeeds. */
  async purge(captureId: string): Promise<void> {
    await this.#onStream(() =>
      this.manager.streams.purge(CAPTURE_STREAM, { filter: captureSubject(captureId, '*') }),
    );
  }

  /** A broker that restarted has forgotten a memory-only stream altogether, so it is made again. */
  async #onStream<T>(work: () => Promise<T>, streamGone = isStreamGone): Promise<T> {
    try {
      return await work();
    } catch (error) {
      if (!streamGone(error)) throw answerOf(error);
    }
    try {
      await ensureCaptureStream(this.manager.streams, this.limits);
      return await work();
    } catch (error) {
      throw answerOf(error);
    }
  }

  #refuseOversize(sealedBytes: number): void {
    const carried = (this.connection.info?.max_payload ?? Infinity) - HEADER_ALLOWANCE_BYTES;
    if (sealedBytes > carried) throw captureTooLarge(carried);
  }
}

function contextOf(captureId: string, kind: CaptureKind): string {
  return `${captureId}:${kind}`;
}
