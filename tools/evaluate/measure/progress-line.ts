const INTERVAL_MS = 2_000;

/** Says on standard error how far a long run is, how fast it goes and when it will end. */
export class ProgressLine {
  readonly #total: number;
  readonly #startedAt = performance.now();
  readonly #write: (text: string) => void;
  #done = 0;
  #toldAt = Number.NEGATIVE_INFINITY;

  constructor(total: number, write = (text: string): void => void process.stderr.write(text)) {
    this.#total = total;
    this.#write = write;
  }

  readonly step = (): void => {
    this.#done += 1;
    const now = performance.now();
    if (this.#done < this.#total && now - this.#toldAt < INTERVAL_MS) return;
    this.#toldAt = now;
    this.#write(`${progressText(this.#done, this.#total, (now - this.#startedAt) / 1000)}\n`);
  };
}

export function progressText(done: number, total: number, seconds: number): string {
  const rate = done / seconds;
  const left = Math.round((total - done) / rate);
  const time = left < 60 ? `${left} s` : `${Math.floor(left / 60)} min ${left % 60} s`;
  return `${done} of ${total} images, ${rate.toFixed(1)} per second, ${time} left`;
}
