import { finished, type Writable } from 'node:stream';

/** The memory that all uploads of this replica may take together. A request of its own limit is not enough:
 *  a hundred of them, never finished, cost a hundred times as much. */
export class UploadsInFlight {
  #bytes = 0;

  constructor(private readonly mostBytes: number) {}

  get bytes(): number {
    return this.#bytes;
  }

  /** Takes a place until the answer is sent or the connection closes. False when there is none. */
  take(bytes: number, answer: Writable): boolean {
    if (this.#bytes + bytes > this.mostBytes) return false;
    this.#bytes += bytes;
    // Called once, whichever end comes first, and also when it has come already.
    finished(answer, () => {
      this.#bytes -= bytes;
    });
    return true;
  }
}
