/** The memory that all uploads of this replica may take together. A request of its own limit is not enough:
 *  a hundred of them, never finished, cost a hundred times as much. */
export class UploadsInFlight {
  #bytes = 0;

  constructor(private readonly mostBytes: number) {}

  get bytes(): number {
    return this.#bytes;
  }

  /** False when there is no room. */
  take(bytes: number): boolean {
    if (this.#bytes + bytes > this.mostBytes) return false;
    this.#bytes += bytes;
    return true;
  }

  giveBack(bytes: number): void {
    this.#bytes -= bytes;
  }
}
