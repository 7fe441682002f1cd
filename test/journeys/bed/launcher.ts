import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const MAIN = fileURLToPath(new URL('../../../tools/laptop/main.js', import.meta.url));

/** What `npm start` runs, as somebody at a terminal sees it. */
export class Launcher {
  /** The exit status; `null` after a signal that nobody handled. */
  readonly ended: Promise<number | null>;
  #output = '';
  #hasEnded = false;

  private constructor(private readonly child: ChildProcess) {
    child.stdout?.on('data', (chunk: Buffer) => (this.#output += chunk.toString('utf8')));
    child.stderr?.on('data', (chunk: Buffer) => (this.#output += chunk.toString('utf8')));
    this.ended = once(child, 'close').then(([status]) => {
      this.#hasEnded = true;
      return status as number | null;
    });
  }

  static start(args: readonly string[], env: Readonly<Record<string, string>>): Launcher {
    const child = spawn(process.execPath, [MAIN, ...args], {
      env: { PATH: '/usr/bin:/bin', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    return new Launcher(child);
  }

  get output(): string {
    return this.#output;
  }

  get hasEnded(): boolean {
    return this.#hasEnded;
  }

  /** As Ctrl-C does. */
  interrupt(): void {
    this.child.kill('SIGINT');
  }
}
