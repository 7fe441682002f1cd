import { CAPTURE_STREAM, type CaptureKind } from '@absah/contracts';
import type { StreamAPI, StreamInfo } from '@nats-io/jetstream';

/** The rest is for the faces of what was accepted: without one its case cannot go on. */
const SHARE_FOR_NEW_CAPTURES = 0.8;
/** How long the broker's word counts, together with what was put since. */
const TRUSTED_MS = 250;

const OPENS_A_CASE: Readonly<Record<CaptureKind, boolean>> = { image: true, burst: true, face: false };

/** Keeps room in the stream for captures of cases that are under way. */
export class CaptureRoom {
  #filled = 0;
  #askedAt = Number.NEGATIVE_INFINITY;
  #mostBytes = Number.POSITIVE_INFINITY;
  #asking: Promise<void> | undefined;

  constructor(private readonly streams: Pick<StreamAPI, 'info'>) {}

  async admits(kind: CaptureKind, byteLength: number): Promise<boolean> {
    if (!OPENS_A_CASE[kind]) return true;
    if (performance.now() - this.#askedAt > TRUSTED_MS) await this.ask();
    // Captures may have left since the broker was asked: nobody is refused on its old word.
    else if (!this.hasRoomFor(byteLength)) await this.ask();
    if (!this.hasRoomFor(byteLength)) return false;
    this.#filled += byteLength;
    return true;
  }

  private hasRoomFor(byteLength: number): boolean {
    return this.#filled + byteLength <= this.#mostBytes * SHARE_FOR_NEW_CAPTURES;
  }

  private ask(): Promise<void> {
    this.#asking ??= this.streams
      .info(CAPTURE_STREAM)
      .then((info) => this.take(info))
      .finally(() => (this.#asking = undefined));
    return this.#asking;
  }

  private take({ config, state }: StreamInfo): void {
    this.#askedAt = performance.now();
    this.#filled = state.bytes;
    this.#mostBytes = config.max_bytes > 0 ? config.max_bytes : Number.POSITIVE_INFINITY;
  }
}
