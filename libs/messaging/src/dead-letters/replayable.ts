import type { Envelope } from '../envelope.js';

/** A buried message that can be read. */
export interface BuriedMessage {
  readonly messageId: string;
  readonly subject: string;
  readonly payload: Uint8Array;
  readonly envelope: Envelope;
}

/** A subscription that can be given one of its buried messages once more. */
export interface Replayable {
  /** The consumer that its letters are buried under. */
  readonly durable: string;
  /** Throws what the handler throws. A message whose effect is there already has none again. */
  replay(message: BuriedMessage): Promise<void>;
}
