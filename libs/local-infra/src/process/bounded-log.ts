import { closeSync, fstatSync, mkdirSync, openSync, renameSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';

const LIMIT_BYTES = 5 * 1024 * 1024;
const TAIL_CHARACTERS = 4_000;

/** A log file that starts over at its limit and keeps one predecessor, `<file>.1`. */
export class BoundedLog {
  private descriptor: number;
  private size: number;
  private recent = '';

  constructor(
    private readonly file: string,
    private readonly limitBytes = LIMIT_BYTES,
  ) {
    mkdirSync(dirname(file), { recursive: true });
    this.descriptor = openSync(file, 'a', 0o600);
    this.size = fstatSync(this.descriptor).size;
  }

  write(chunk: Buffer): void {
    if (this.size > 0 && this.size + chunk.length > this.limitBytes) this.startOver();
    writeSync(this.descriptor, chunk);
    this.size += chunk.length;
    this.recent = (this.recent + chunk.toString('utf8')).slice(-TAIL_CHARACTERS);
  }

  /** The end of what this process wrote, for the message of a failed start. */
  tail(): string {
    return this.recent.trim();
  }

  close(): void {
    closeSync(this.descriptor);
  }

  private startOver(): void {
    closeSync(this.descriptor);
    renameSync(this.file, `${this.file}.1`);
    this.descriptor = openSync(this.file, 'a', 0o600);
    this.size = 0;
  }
}
