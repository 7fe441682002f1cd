/** Bits from the lowest of each byte up. Behind the end all bits are 0 and `isExhausted` tells of it. */
export class BitReader {
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  get isExhausted(): boolean {
    return this.#at > this.#bytes.length * 8;
  }

  skip(bits: number): void {
    this.#at += bits;
  }

  bit(): number {
    const bit = ((this.#bytes[this.#at >>> 3] ?? 0) >>> (this.#at & 7)) & 1;
    this.#at += 1;
    return bit;
  }

  read(bits: number): number {
    let value = 0;
    for (let index = 0; index < bits; index += 1) value |= this.bit() << index;
    return value;
  }
}
